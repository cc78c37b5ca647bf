from functools import partial


def add(f, g, x):
    f(x)
    return g


def one(x):
    pass


def two():
    pass


partial(partial(add, one), two)(1)()
