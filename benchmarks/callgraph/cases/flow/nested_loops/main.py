def f():
    pass


def g():
    pass


i = 0
while i < 3:
    j = 0
    while j < 3:
        if i == 2 and j == 2:
            f()
        j += 1
    i += 1
