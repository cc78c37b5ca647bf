import sys


class Store:
    def __getattr__(self, name):
        return len(name)

    def __delattr__(self, name):
        pass


def read(store, name):
    return getattr(store, name)


def forget(store, name):
    delattr(store, name)


store = Store()
for argument in sys.argv:
    read(store, argument)
    forget(store, argument)
