def f1():
    pass


def f2():
    pass


def call(*args):
    args[0]()
    first, *rest = args
    for r in rest:
        r()


call(f1, f2)
