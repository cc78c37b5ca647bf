def work():
    pass


def __getattr__(name):
    return missing(name)


def missing(name):
    raise AttributeError(name)
