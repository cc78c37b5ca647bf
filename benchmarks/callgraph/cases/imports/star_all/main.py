from tools import *  # noqa: F403


def hidden():
    pass


hidden()
work()  # noqa: F405
