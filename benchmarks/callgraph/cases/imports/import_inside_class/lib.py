def f():
    pass


def g(self):
    pass
