def f():
    pass


def g():
    pass


d = {1: f, 2: g}
d[1 + 1]()
