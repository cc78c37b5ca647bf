from itertools import groupby


class Item:
    def __init__(self, kind):
        self.kind = kind

    def key(self):
        return self.kind

    def show(self):
        return self.kind


items = [Item("a"), Item("b")]
for kind, group in groupby(sorted(items, key=Item.key), key=lambda item: item.key()):
    for item in group:
        item.show()
