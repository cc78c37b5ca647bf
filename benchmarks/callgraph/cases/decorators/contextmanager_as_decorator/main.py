from contextlib import contextmanager


@contextmanager
def timed():
    yield


@timed()
def work():
    pass


work()
