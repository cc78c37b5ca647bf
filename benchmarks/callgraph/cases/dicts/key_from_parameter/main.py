def one():
    pass


def two():
    pass


table = {"one": one, "two": two}


def dispatch(key):
    table[key]()


for name in ("one", "two"):
    dispatch(name)
