def one():
    return 1


def two():
    return 2


values = [function() for function in (one, two)]
