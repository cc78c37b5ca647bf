class Screen:
    def update(self):
        return 1

    def draw(self):
        return 2

    def show(self):
        return 3



import weakref

screen = Screen()
watching = weakref.WeakSet()
watching.add(screen)
for each in list(watching):
    each.update()
named = weakref.WeakValueDictionary()
named["one"] = screen
named["one"].draw()
sizes = weakref.WeakKeyDictionary()
sizes[screen] = 1
for each in sizes:
    each.show()
