def one():
    pass


def two():
    pass


def choose(table, key):
    return table[key]


choose({"one": one, "two": two}, "two")()
