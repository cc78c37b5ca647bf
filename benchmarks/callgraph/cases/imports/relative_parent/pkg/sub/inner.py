from ..base import work


def start():
    work()
