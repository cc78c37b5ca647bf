def add(a, b):
    return a + b


def sub(a, b):
    return a - b


TABLE = {("int", "+"): add, ("int", "-"): sub}
TABLE["int", "+"](1, 2)
kind = "int"
TABLE[(kind, "-")](1, 2)
