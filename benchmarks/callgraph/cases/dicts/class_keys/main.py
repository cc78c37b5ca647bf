class A:
    pass


class B:
    pass


def f():
    pass


def g():
    pass


d = {A: f, B: g}
d[A]()
