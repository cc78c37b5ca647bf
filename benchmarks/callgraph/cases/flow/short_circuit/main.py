def yes():
    return True


def other():
    return True


yes() and other()
