from functools import wraps


def listify(func):
    @wraps(func)
    def inner(*args):
        return list(func(*args))

    return inner


@listify
def numbers(n):
    for i in range(n):
        yield square(i)


def square(i):
    return i * i


numbers(3)
