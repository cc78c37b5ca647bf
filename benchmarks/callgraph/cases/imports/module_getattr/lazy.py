def __getattr__(name):
    if name == "work":
        return _work
    raise AttributeError(name)


def _work():
    pass
