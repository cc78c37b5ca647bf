class A:
    def clone(self):
        return type(self)()

    def twin(self):
        return self.__class__()

    def f(self):
        pass


class B(A):
    def f(self):
        pass


B().clone().f()
A().twin().f()
