def f():
    pass


def g():
    pass


def h():
    pass


xs = [f, g]
xs[0:1] = [h]
xs[0]()
xs[1]()
