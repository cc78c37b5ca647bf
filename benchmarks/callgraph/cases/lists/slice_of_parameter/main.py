def head(items):
    return items[0]


def tail(items):
    return items[1:]


def a():
    return 1


def b():
    return 2


def c():
    return 3


head(tail([a, b, c]))()
tail(tail((a, b, c)))[0]()
