def one():
    pass


def two():
    pass


def extend(table):
    table["two"] = two


table = {"one": one}
extend(table)
table["two"]()
