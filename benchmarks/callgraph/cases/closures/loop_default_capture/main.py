def make(n):
    return lambda x: x + n


def use(f):
    return f(1)


adders = [make(i) for i in range(2)]
for f in adders:
    use(f)
callbacks = []
for func in (abs, round):
    callbacks.append(lambda x, func=func: func(x))
callbacks[0](1)
callbacks[1](2)
