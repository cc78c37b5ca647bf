import itertools


def is_small(value):
    return value < 2


def key(value):
    return value


list(itertools.takewhile(is_small, [1, 2]))
for _group in itertools.groupby([1, 1], key):
    pass
