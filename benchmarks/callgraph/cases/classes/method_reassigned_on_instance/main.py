class A:
    def f(self):
        pass


def g():
    pass


a = A()
b = A()
a.f = g
a.f()
b.f()
