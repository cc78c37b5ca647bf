def pair():
    return inc, dec


def inc(x):
    return x + 1


def dec(x):
    return x - 1


up, down = pair()
up(1)
down(1)
pair()[0](2)
