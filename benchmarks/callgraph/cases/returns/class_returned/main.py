def choose(kind):
    if kind == "a":
        return A
    return B


class A:
    def __init__(self):
        self.n = 1

    def go(self):
        return self.n


class B(A):
    def go(self):
        return super().go()


choose("a")().go()
choose("b")().go()
