def f1():
    pass


def f2():
    pass


class Dispatch:
    table = {"a": f1, "b": f2}

    def go(self, key):
        handler = self.table.get(key)
        if handler is None:
            return unknown()
        return handler()


def unknown():
    pass


Dispatch().go("a")
Dispatch().go("c")
