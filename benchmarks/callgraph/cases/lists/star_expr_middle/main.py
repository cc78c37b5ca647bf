def a():
    return 1


def b():
    return 2


def c():
    return 3


first, *middle, last = [a, b, *[c, a]]
middle[1]()
last()
print(*[x() for x in (first,)])
