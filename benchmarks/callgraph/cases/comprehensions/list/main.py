def double(value):
    return value * 2


values = [double(value) for value in (1, 2)]
