class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



import bisect

screens = []
bisect.insort(screens, Screen(), key=id)
screens[0].update()
screens[-1].draw()
