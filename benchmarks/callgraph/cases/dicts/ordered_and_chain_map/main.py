from collections import ChainMap, OrderedDict


def one():
    pass


def two():
    pass


ordered = OrderedDict()
ordered["a"] = one
ordered["a"]()
chain = ChainMap({"x": two}, {"x": one})
chain["x"]()
