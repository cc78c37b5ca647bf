import itertools


def key(x):
    return x % 2


def pred(x):
    return x < 3


def total(a, b):
    return a + b


for k, group in itertools.groupby([1, 3, 2], key=key):
    list(group)
list(itertools.takewhile(pred, [1, 5]))
list(itertools.accumulate([1, 2, 3], total))
list(itertools.starmap(total, [(1, 2)]))
