def one():
    pass


def two():
    pass


def make():
    return one, two


first, second = make()
second()
