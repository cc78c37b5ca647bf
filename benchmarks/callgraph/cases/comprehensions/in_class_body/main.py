def double(value):
    return value * 2


class Table:
    values = [double(value) for value in (1, 2)]
