from collections.abc import Mapping


def first():
    pass


def second():
    pass


class Routes(Mapping):
    def __getitem__(self, key):
        return first if key == "a" else second

    def __iter__(self):
        return iter(["a", "b"])

    def __len__(self):
        return 2


routes = Routes()


def by_name():
    routes.get("a")()


def known():
    return "a" in routes


def each():
    for handler in routes.values():
        handler()


by_name()
known()
each()
