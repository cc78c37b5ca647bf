def f1():
    pass


def f2():
    pass


def pair():
    return f1, f2


pair()[1]()
_, second = pair()
second()
