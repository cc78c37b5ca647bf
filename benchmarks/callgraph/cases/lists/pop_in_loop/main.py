def f():
    pass


def g():
    pass


xs = [f, g]
while xs:
    xs.pop()()
