def a():
    pass


def b():
    raise ValueError


def c():
    pass


def d():
    pass


try:
    a()
except ValueError:
    c()
else:
    d()
try:
    b()
except ValueError:
    c()
finally:
    d()
