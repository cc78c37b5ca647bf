import functools


def trace(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


@trace
def work(value):
    return value


work(1)
