def add(a, b):
    return a + b


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


OPS = {"+": add, "-": sub, "*": mul}


def calc(op, a, b):
    return OPS[op](a, b)


calc("+", 1, 2)
calc("*", 3, 4)
