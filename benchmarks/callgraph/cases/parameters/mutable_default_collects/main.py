def one():
    pass


def two():
    pass


def add(f, known=[]):
    known.append(f)
    return known


add(one)
for f in add(two):
    f()
