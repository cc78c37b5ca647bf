def one():
    pass


def two():
    pass


def apply(*functions):
    functions[1]()


apply(one, two)
