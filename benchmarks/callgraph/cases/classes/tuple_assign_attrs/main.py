class A:
    def __init__(self, f, g):
        self.f, self.g = f, g


def f1():
    pass


def f2():
    pass


a = A(f1, f2)
a.f()
a.g()
a.f, a.g = a.g, a.f
a.f()
