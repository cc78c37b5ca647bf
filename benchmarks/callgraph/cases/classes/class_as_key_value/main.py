class A:
    def f(self):
        pass


class B:
    def f(self):
        pass


table = {A: B, B: A}
table[A]().f()
