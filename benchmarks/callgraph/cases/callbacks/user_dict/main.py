from collections import UserDict


class Registry(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)


def add(registry):
    registry.update({"A": 1})


add(Registry())
