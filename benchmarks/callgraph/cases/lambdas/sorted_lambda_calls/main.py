def key(x):
    return x


sorted([2, 1], key=lambda x: key(x))
compose = lambda f, g: lambda x: f(g(x))
compose(key, key)(1)
