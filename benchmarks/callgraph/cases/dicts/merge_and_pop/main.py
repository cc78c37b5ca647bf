def a():
    return 1


def b():
    return 2


def c():
    return 3


base = {"a": a, "b": b}
over = {"b": c}
merged = {**base, **over}
merged["b"]()
base.pop("a")()
base.update(x=c)
base["x"]()
