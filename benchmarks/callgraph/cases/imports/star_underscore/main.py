from tools import *  # noqa: F403


def _private():
    pass


work()  # noqa: F405
_private()
