from functools import singledispatch


@singledispatch
def show(value):
    return default(value)


@show.register
def _(value: int):
    return integer(value)


@show.register(list)
def _list(value):
    return listing(value)


def default(value):
    return value


def integer(value):
    return value


def listing(value):
    return value


show(1)
show([1])
show("x")
