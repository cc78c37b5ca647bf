def gen():
    yield f
    yield g


def f():
    pass


def g():
    pass


a = gen()
b = gen()
next(a)()
next(b)()
