def one():
    pass


def two():
    pass


class A:
    action = staticmethod(one)


a = A()
a.action()
a.action = two
a.action()
A().action()
