def f1():
    pass


def f2():
    pass


d = {}
d["x"] = {}
d["x"]["y"] = f1
d["x"]["y"]()
e = d["x"]
e["y"] = f2
d["x"]["y"]()
