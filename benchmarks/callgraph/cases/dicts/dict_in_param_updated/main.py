def f1():
    pass


def f2():
    pass


def change(d):
    d["a"] = f2


d = {"a": f1}
d["a"]()
change(d)
d["a"]()
