def a():
    return 1


def b():
    return 2


def c():
    return 3


fs = [a, b, c]
for f in fs[1:]:
    f()
head, *tail = fs
head()
fs[::-1][0]()
