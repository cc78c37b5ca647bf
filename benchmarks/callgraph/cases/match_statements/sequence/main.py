def one():
    pass


def two():
    pass


match [one, two]:
    case [_, second]:
        second()
