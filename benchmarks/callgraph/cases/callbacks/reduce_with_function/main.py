from functools import reduce


def combine(left, right):
    return add(left, right)


def add(left, right):
    return left + right


reduce(combine, [1, 2, 3])
reduce(lambda a, b: a * b, [1, 2, 3], 1)
