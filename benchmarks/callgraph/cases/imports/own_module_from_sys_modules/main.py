class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



import sys

screen = Screen()
sys.modules[__name__].screen.update()
getattr(sys.modules[__name__], "screen").draw()
