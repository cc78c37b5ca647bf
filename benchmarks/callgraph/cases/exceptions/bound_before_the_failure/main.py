def first():
    return 1


def second():
    return 2


def third():
    return 3


def fail():
    raise ValueError


def run():
    action = first
    try:
        action = second
        fail()
        action = third
    except ValueError:
        action()


run()
