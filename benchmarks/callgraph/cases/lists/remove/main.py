def f():
    pass


def g():
    pass


xs = [f, g]
xs.remove(f)
xs[0]()
