def f():
    pass


def g():
    pass


it = iter([f, g])
next(it)()
