def f1():
    pass


def f2():
    pass


def gen():
    x = f1
    yield x
    x = f2
    yield x


g = gen()
next(g)()
for f in g:
    f()
