def one():
    pass


def two():
    pass


first, second = lambda: one(), lambda: two()
second()
first()
