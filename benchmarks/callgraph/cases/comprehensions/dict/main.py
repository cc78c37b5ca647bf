def key(value):
    return value


def make(value):
    return value


values = {key(value): make(value) for value in (1, 2)}
