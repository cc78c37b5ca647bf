import itertools


def add(left, right):
    return left + right


list(itertools.starmap(add, [(1, 2)]))
