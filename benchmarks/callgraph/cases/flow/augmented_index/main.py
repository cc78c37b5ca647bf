def f():
    pass


def g():
    pass


i = 0
i += 1
[f, g][i]()
