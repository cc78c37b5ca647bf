import functools


def debug(func=None, *, prefix=""):
    if func is None:
        return functools.partial(debug, prefix=prefix)

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


@debug
def one():
    return 1


@debug(prefix="x")
def two():
    return 2


one()
two()
