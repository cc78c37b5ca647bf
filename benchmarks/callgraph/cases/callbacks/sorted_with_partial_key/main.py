import functools
def key(reverse, item): return -item if reverse else item
sorted([1, 2], key=functools.partial(key, True))
