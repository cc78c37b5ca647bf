from .second import work


def start():
    work()
