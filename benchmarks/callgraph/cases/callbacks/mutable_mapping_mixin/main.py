from collections.abc import MutableMapping


class Registry(MutableMapping):
    def __init__(self):
        self.entries = {}

    def __getitem__(self, key):
        return self.entries[key]

    def __setitem__(self, key, value):
        self.entries[key] = value

    def __delitem__(self, key):
        del self.entries[key]

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)


def work():
    pass


def register(registry):
    registry.setdefault("a", work)
    registry.update(b=work)


def take(registry):
    registry.pop("a")()


registry = Registry()
register(registry)
take(registry)
registry["b"]
if len(registry):
    list(registry)
