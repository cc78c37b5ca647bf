def f():
    pass


def g():
    pass


fs = list({"a": f, "b": g}.values())
fs[0]()
