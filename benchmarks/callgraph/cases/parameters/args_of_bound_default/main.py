class Box:
    def fill(self, action=None):
        action = action or self.empty
        return action()

    def empty(self):
        return 0


def full():
    return 1


box = Box()
box.fill()
box.fill(full)
