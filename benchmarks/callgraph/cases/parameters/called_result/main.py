def make():
    return work


def work():
    return 1


def apply(value):
    return value


apply(make()())
