def __getattr__(name):
    if name == "work":
        return _work
    raise AttributeError


def _work():
    pass
