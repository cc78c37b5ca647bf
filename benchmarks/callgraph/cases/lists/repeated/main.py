def f():
    pass


def g():
    pass


xs = [f] + [g]
xs[0]()
ys = [g] * 2
ys[1]()
