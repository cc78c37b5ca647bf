def gen():
    yield f
    yield g


def f():
    pass


def g():
    pass


it = gen()
next(it)()
