def f():
    pass


def g():
    pass


xs = [f, g]
del xs[0]
xs[0]()
