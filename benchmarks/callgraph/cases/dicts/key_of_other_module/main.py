import names


def one():
    pass


def two():
    pass


table = {"first": one, "second": two}
table[names.KEY]()
