def f():
    pass


def g():
    pass


def mk():
    n = 0

    def step():
        nonlocal n
        n = n + 1
        if n == 3:
            f()
        else:
            g()

    return step


s = mk()
s()
s()
s()
