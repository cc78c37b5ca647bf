def one():
    return 1


def two(value):
    return value


def three(value):
    return value


three(two(one()))
