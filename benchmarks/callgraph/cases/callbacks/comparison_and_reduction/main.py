import atexit
import functools


def compare(a, b):
    return difference(a, b)


def difference(a, b):
    return a - b


def order(items):
    return sorted(items, key=functools.cmp_to_key(compare))


def total(items):
    return functools.reduce(add, items, 0)


def add(a, b):
    return a + b


order([2, 1])
total([1, 2])
