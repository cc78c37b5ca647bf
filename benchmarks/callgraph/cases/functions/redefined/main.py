def inner():
    pass


def work():
    pass


def work():  # noqa: F811
    inner()


work()
