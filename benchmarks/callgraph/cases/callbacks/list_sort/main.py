def size(value):
    return value


values = [2, 1]
values.sort(key=size)
