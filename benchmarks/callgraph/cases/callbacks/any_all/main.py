def is_small(value):
    return value < 2


any(map(is_small, [1]))
all(is_small(value) for value in [1])
