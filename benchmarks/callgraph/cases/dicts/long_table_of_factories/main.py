def make(name):
    def factory():
        return name

    return factory


class Builder:
    table = {
        "a": lambda: 1,
        "b": lambda: 2,
        "c": lambda: 3,
        "d": lambda: 4,
        "e": lambda: 5,
        "f": lambda: 6,
        "g": lambda: 7,
        "h": lambda: 8,
        "i": lambda: 9,
        "j": lambda: 10,
        "k": lambda: 11,
        "l": lambda: 12,
        "m": make("m"),
        "n": dict,
        "o": list,
        "p": lambda: 16,
    }

    def __init__(self, **given):
        for name, factory in self.table.items():
            value = given.pop(name, None)
            if value is None:
                value = factory()
            setattr(self, name, value)


Builder()
