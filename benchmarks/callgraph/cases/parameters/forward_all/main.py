def target(a, b=None, *, key):
    return key(a)


def forward(func, *args, **kwargs):
    return func(*args, **kwargs)


def ident(x):
    return x


forward(target, 1, b=2, key=ident)
forward(forward, target, 1, key=lambda x: x)
