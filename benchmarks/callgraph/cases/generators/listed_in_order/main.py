def gen():
    yield f
    yield g


def f():
    pass


def g():
    pass


list(gen())[1]()
x, y = gen()
y()
[*gen()][1]()
