from . import second


def start():
    second.work()
