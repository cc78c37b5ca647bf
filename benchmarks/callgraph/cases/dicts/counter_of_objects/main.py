class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



from collections import Counter

counts = Counter([Screen()])
for screen, times in counts.most_common():
    screen.update()
more = Counter()
more[Screen()] += 1
for screen in more:
    screen.draw()
