def choose(flag):
    if flag:
        return f1
    return f2


def f1():
    pass


def f2():
    pass


choose(True)()
choose(0)()
