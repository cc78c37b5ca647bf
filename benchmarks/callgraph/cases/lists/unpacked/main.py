def one():
    pass


def two():
    pass


first, second = [one, two]
first()
