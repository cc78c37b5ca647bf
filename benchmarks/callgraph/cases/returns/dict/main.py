def one():
    pass


def make():
    return {"run": one}


make()["run"]()
