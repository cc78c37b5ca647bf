def functions():
    yield one
    yield two


def one():
    pass


def two():
    pass


first, second = functions()
second()
