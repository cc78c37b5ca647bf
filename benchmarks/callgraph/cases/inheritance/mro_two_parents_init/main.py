class A:
    def __init__(self):
        super().__init__()
        self.a = f1


class B:
    def __init__(self):
        super().__init__()
        self.b = f2


class C(A, B):
    def go(self):
        self.a()
        self.b()


def f1():
    pass


def f2():
    pass


C().go()
