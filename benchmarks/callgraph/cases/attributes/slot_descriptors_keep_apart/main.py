class Slot:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return self.function


def f1():
    return 1


def f2():
    return 2


def f3():
    return 3


def f4():
    return 4


def f5():
    return 5


def f6():
    return 6


def f7():
    return 7


def f8():
    return 8


class Table:
    a = Slot(f1)
    b = Slot(f2)
    c = Slot(f3)
    d = Slot(f4)
    e = Slot(f5)
    f = Slot(f6)
    g = Slot(f7)
    h = Slot(f8)


class Other(Table):
    pass


def use_a(table):
    table.a()


def use_d(table):
    table.d()


def use_h(table):
    table.h()


def use_rest(table):
    table.b()
    table.c()
    table.e()
    table.f()
    table.g()


for table in (Table(), Other()):
    use_a(table)
    use_d(table)
    use_rest(table)
    use_h(table)
