import b


def start():
    return b.step()


def finish():
    return 1
