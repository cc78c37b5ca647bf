def f1():
    pass


def f2():
    pass


ls = [f1]
ls += [f2]
ls[0]()
ls[1]()
t = (f1,)
t += (f2,)
t[1]()
