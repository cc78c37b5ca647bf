from collections import ChainMap


def one():
    pass


def two():
    pass


def three():
    pass


class Registry:
    def register(self):
        pass


SCOPE = ChainMap({})
SCOPE["one"] = one
SCOPE[Registry] = Registry()


def register():
    SCOPE[Registry].register()


def run(extra):
    inner = ChainMap({"two": extra}, SCOPE)
    inner["one"]()
    inner["two"]()
    inner["three"] = three
    last(inner)


def last(scope):
    scope["three"]()


register()
run(two)
