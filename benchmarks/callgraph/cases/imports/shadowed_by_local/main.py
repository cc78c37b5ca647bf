from tools import work


def work():  # noqa: F811
    pass


work()
