def work():
    pass


def _private():
    pass
