def first():
    return second


def second():
    return 2


def third():
    return 3


if (handler := first()) is not None and (other := handler):
    other()
handler = other = third
handler()
