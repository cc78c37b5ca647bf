class A:
    def __init__(self):
        self.f()

    def f(self):
        pass


class B(A):
    def f(self):
        super().f()


class C(B):
    pass


C()
