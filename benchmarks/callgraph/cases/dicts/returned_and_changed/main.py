def one():
    pass


def two():
    pass


def make():
    return {"run": one}


table = make()
table["run"] = two
table["run"]()
