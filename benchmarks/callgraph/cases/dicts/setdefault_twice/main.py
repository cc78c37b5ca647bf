def f():
    pass


def g():
    pass


d = {}
d.setdefault("k", f)()
d.setdefault("k", g)()
d.pop("k")()
