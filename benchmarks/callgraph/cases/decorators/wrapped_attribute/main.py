import functools


def trace(function):
    @functools.wraps(function)
    def inner():
        pass

    return inner


@trace
def work():
    pass


work.__wrapped__()
