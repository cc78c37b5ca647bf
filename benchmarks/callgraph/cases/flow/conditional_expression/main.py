def one():
    pass


def two():
    pass


for flag in (True, False):
    one() if flag else two()
