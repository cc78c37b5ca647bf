def f():
    pass


def g():
    pass


d = {f: g}
d[f]()
for k in d:
    k()
