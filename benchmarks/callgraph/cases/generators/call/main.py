def numbers():
    yield first()


def first():
    return 1


for number in numbers():
    pass
