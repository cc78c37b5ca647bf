def a():
    return 1


def b():
    return 2


def c():
    return 3


base = {"x": a, "y": b}
more = {**base, "y": c}
more["y"]()
more |= {"x": b}
more["x"]()
base["x"]()
