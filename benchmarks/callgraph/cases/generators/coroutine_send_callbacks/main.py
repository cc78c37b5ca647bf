def consumer():
    total = 0
    while True:
        func = yield total
        if func is None:
            break
        total += func()


def one():
    return 1


def two():
    return 2


c = consumer()
next(c)
c.send(one)
c.send(two)
try:
    c.send(None)
except StopIteration:
    pass
