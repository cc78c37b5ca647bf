def is_small(value):
    return value < 2


list(filter(is_small, [1, 2]))
