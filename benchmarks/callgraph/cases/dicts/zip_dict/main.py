def f1():
    pass


def f2():
    pass


d = dict(zip(["a", "b"], [f1, f2]))
d["a"]()
e = dict([("x", f2)])
e["x"]()
f = dict.fromkeys(["p", "q"], f1)
f["p"]()
