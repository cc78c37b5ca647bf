from contextlib import ContextDecorator


class timed(ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        record()
        return False


def record():
    return 0


@timed()
def work():
    return inner()


def inner():
    return 1


work()
with timed():
    inner()
