def one():
    pass


def two():
    pass


table = {"run": one}
other = table.copy()
other["run"] = two
table["run"]()
