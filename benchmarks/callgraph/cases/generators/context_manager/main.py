from contextlib import contextmanager


@contextmanager
def opened():
    setup()
    yield work
    teardown()


def setup():
    pass


def teardown():
    pass


def work():
    pass


with opened() as function:
    function()
