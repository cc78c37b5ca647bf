def is_small(value):
    return value < 2


values = [value for value in (1, 2) if is_small(value)]
