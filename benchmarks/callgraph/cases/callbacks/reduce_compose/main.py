from functools import reduce


def compose(*funcs):
    return reduce(lambda f, g: lambda x: g(f(x)), funcs)


def inc(x):
    return x + 1


def double(x):
    return x * 2


def square(x):
    return x * x


compose(inc, double, square)(3)
