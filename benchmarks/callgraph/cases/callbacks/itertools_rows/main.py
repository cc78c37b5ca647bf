class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



from itertools import combinations, groupby, pairwise, product, tee, zip_longest

def kind(screen):
    return screen.show()


for _, group in groupby([Screen()], key=kind):
    for screen in group:
        screen.update()
first, second = tee([Screen()])
next(second).draw()
for number, screen in zip_longest([1], [Screen()]):
    screen.show()
for number, text in product([1], "a"):
    number.real
for left, right in pairwise([Screen(), Screen()]):
    right.update()
for left, right in combinations([Screen(), Screen()], 2):
    left.draw()
