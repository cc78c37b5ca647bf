def f1():
    pass


def f2(x):
    return x


eval("f1()")
eval("f2(f1)")()
exec("y = f1\ny()")
