class B:
    def __init__(self):
        self.attr = f

    def g(self):
        self.attr()


class A(B):
    def h(self):
        self.attr()


def f():
    pass


a = A()
a.h()
a.g()
a.attr()
