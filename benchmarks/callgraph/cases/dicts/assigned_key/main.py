def one():
    pass


def two():
    pass


table = {}
table["one"] = one
table["two"] = two
table["one"]()
