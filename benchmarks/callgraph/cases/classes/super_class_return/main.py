class A:
    def make(self):
        return f1


class B(A):
    def make(self):
        fn = super().make()
        fn()
        return f2


def f1():
    pass


def f2():
    pass


B().make()()
