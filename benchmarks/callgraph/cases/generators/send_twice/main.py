def gen():
    x = yield
    x()
    y = yield
    y()


def f():
    pass


def g():
    pass


it = gen()
next(it)
it.send(f)
try:
    it.send(g)
except StopIteration:
    pass
