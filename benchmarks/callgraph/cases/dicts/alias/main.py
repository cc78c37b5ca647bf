def one():
    pass


def two():
    pass


table = {"run": one}
other = table
other["run"] = two
table["run"]()
