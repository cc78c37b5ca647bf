def f1():
    pass


def f2():
    pass


def f3():
    pass


ls = [f1, f2, f3]
ls[::2][1]()
ls[1:][0]()
ls[:-1][-1]()
a, b = ls[0:2]
a()
