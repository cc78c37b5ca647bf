def one():
    pass


def two():
    pass


def same(value):
    return value


def first():
    same(one)()


def second():
    same(two)()


first()
second()
