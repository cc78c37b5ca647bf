def f():
    pass


def g():
    pass


def h():
    pass


n = 0
while n < 10:
    if n == 0:
        f()
    elif n == 5:
        g()
    else:
        h()
    n += 1
