class A:
    def f(self):
        pass


a = b = A()
a.f()
b.f()
c = d = A.f
d(a)
