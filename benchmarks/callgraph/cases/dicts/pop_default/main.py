def one():
    pass


def two():
    pass


table = {"a": one}
table.pop("a", two)()
table.pop("a", two)()
