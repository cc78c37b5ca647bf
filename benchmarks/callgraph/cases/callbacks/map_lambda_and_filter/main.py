def keep(x):
    return x > 1


def double(x):
    return x * 2


result = list(map(lambda x: double(x), filter(keep, [1, 2, 3])))
