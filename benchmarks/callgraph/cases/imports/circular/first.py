import second


def start():
    second.work()


def helper():
    pass
