import itertools


def key(x):
    return x % 2


for k, group in itertools.groupby([1, 3, 2], key=key):
    list(group)
list(itertools.accumulate([1, 2], lambda a, b: a + b))
list(itertools.takewhile(key, [1, 3]))
