class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



class Holder:
    def __init__(self):
        self.screen = Screen()


holder = Holder()
for value in vars(holder).values():
    value.update()
for name, value in holder.__dict__.items():
    value.draw()
