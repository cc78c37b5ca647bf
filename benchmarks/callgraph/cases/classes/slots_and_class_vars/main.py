class P:
    __slots__ = ("f", "g")

    def __init__(self, f, g):
        self.f = f
        self.g = g

    def both(self):
        return self.f(), self.g()


def left():
    return 1


def right():
    return 2


P(left, right).both()
P(g=left, f=right).f()
