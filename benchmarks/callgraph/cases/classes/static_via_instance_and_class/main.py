class A:
    @staticmethod
    def s(f):
        f()

    @classmethod
    def c(cls, f):
        cls.s(f)


def f1():
    pass


def f2():
    pass


A.s(f1)
A().c(f2)
