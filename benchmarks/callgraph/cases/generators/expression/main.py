def double(value):
    return value * 2


total = sum(double(value) for value in range(3))
