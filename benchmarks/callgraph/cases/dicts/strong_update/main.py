def one():
    pass


def two():
    pass


table = {"run": one}
table["run"] = two
table["run"]()
