def _real():
    pass


def __getattr__(name):
    if name == "work":
        return _real
    raise AttributeError(name)
