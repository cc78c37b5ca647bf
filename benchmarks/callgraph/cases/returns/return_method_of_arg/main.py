class A:
    def f(self):
        pass


def get(a):
    return a.f


get(A())()
