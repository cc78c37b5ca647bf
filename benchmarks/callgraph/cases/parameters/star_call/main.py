def one():
    pass


def two():
    pass


def apply(first, second):
    second()


functions = [one, two]
apply(*functions)
