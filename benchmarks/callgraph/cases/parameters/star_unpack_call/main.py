def f(a, b, c):
    return a(b(c))


def x(v):
    return v


def y(v):
    return v


args = [x, y]
f(*args, 3)
opts = {"b": x, "c": 1}
f(y, **opts)
