def f():
    pass


def g():
    pass


x = 7
if x % 2 == 0:
    f()
else:
    g()
