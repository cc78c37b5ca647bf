def work():
    pass


def inner():
    return work


def outer():
    return inner


outer()()()
