import functools


def add(left, right):
    return left + right


functools.reduce(add, [1, 2, 3])
