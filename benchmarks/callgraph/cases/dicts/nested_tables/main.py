def plus(a, b):
    return a + b


def minus(a, b):
    return a - b


def negative(a):
    return -a


OPERATIONS = {"binary": {"+": plus, "-": minus}, "unary": {"-": negative}}


def binary(name, a, b):
    return OPERATIONS["binary"][name](a, b)


def unary(name, a):
    table = OPERATIONS["unary"]
    return table[name](a)


binary("+", 1, 2)
unary("-", 1)
