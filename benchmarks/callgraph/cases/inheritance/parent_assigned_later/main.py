class A:
    def f(self):
        pass


Base = A


class C(Base):
    pass


class A:
    def f(self):
        self.g()

    def g(self):
        pass


C().f()
A().f()
