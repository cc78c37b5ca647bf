from contextlib import ExitStack, contextmanager


@contextmanager
def opened(name):
    handle = acquire(name)
    try:
        yield handle
    finally:
        release(handle)


def acquire(name):
    return name


def release(handle):
    pass


def last():
    pass


def work(names):
    with ExitStack() as stack:
        stack.callback(last)
        return [stack.enter_context(opened(name)) for name in names]


work(["a", "b"])
