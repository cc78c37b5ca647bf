def a(f):
    b(f)


def b(g):
    c(g)


def c(h):
    h()


def func():
    pass


a(func)
