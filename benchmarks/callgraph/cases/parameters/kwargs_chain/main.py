def a(**kw):
    b(**kw)


def b(x, y):
    x()
    y()


def f1():
    pass


def f2():
    pass


a(x=f1, y=f2)
