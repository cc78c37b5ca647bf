def one(x):
    return x


def two(x):
    return x


def pair(f, x):
    return f(x)


funcs = [one, two]
for i, func in enumerate(funcs):
    func(i)
for func, arg in zip(funcs, [1, 2]):
    func(arg)
list(map(pair, funcs, [1, 2]))
