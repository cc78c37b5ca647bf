class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



import types


def both(self):
    self.update()
    self.draw()


screen = Screen()
screen.both = types.MethodType(both, screen)
screen.both()
