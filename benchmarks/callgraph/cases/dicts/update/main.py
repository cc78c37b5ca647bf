def one():
    pass


def two():
    pass


table = {"run": one}
table.update({"run": two})
table["run"]()
