def first():
    return 1


def second():
    return 2


act = first
act()
act = second
act()
first = second
first()
