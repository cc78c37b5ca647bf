TABLE = {}


def register(name):
    def deco(f):
        TABLE[name] = f
        return f

    return deco


def dispatch(name):
    return TABLE[name]()
