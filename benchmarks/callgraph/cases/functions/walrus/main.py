def make():
    return work


def work():
    pass


if (run := make()) is not None:
    run()
