n = 0


def bump():
    global n
    n += 1


def f():
    pass


def g():
    pass


def check():
    if n == 2:
        f()
    else:
        g()


check()
bump()
bump()
check()
if n == 2:
    f()
