from a import top


def f():
    top.t()
