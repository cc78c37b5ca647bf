from collections.abc import MutableMapping


class Store(MutableMapping):
    def __init__(self):
        self.data = {}

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return 1


def fill(store):
    store.update(a=1)
    store.setdefault("b", 2)


def drain(store):
    return store.pop("a")


def show(store):
    return [key for key, value in store.items()]


store = Store()
fill(store)
drain(store)
show(store)
