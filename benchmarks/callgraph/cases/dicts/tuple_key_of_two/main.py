def f():
    pass


def g():
    pass


d = {(1, 2): f, (3, 4): g}
d[(1, 2)]()
