def one():
    pass


def two():
    pass


def apply(first, second):
    first()


named = {"first": one, "second": two}
apply(**named)
