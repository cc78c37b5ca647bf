from collections import Counter, OrderedDict


def visit(x):
    return x


c = Counter(visit(x) for x in "aab")
for k, v in c.items():
    visit(k)
od = OrderedDict()
od["f"] = visit
od["f"](1)
od.move_to_end("f")
