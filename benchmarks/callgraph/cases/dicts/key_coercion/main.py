def one():
    pass


def two():
    pass


table = {1: one}
table[True] = two
table[1]()
