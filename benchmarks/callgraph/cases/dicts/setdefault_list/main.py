from collections import defaultdict


def one():
    pass


def two():
    pass


handlers = {}
handlers.setdefault("a", []).append(one)
handlers.setdefault("b", []).append(two)
for handler in handlers["a"]:
    handler()

groups = defaultdict(list)
groups["x"].append(two)
groups["x"][0]()
