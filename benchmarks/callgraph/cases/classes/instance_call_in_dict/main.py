class A:
    def __init__(self, n):
        self.n = n

    def f(self):
        return self.n


d = {i: A(i) for i in range(2)}
d[0].f()
for a in d.values():
    a.f()
