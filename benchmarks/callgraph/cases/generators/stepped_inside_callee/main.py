def numbers():
    yield first()
    yield second()


def first():
    return 1


def second():
    return 2


def step(generator):
    return next(generator)


source = numbers()
step(source)
step(source)
