def f():
    pass


def g():
    pass


xs = [f, g]
i = 0
xs[i + 1]()
xs[len(xs) - 1]()
