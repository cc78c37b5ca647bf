def leaf(n):
    yield make(n)
    yield make(n + 1)


def make(n):
    return Item(n)


class Item:
    def __init__(self, n):
        self.n = n

    def show(self):
        return self.n


def tree():
    yield from leaf(1)
    yield from leaf(3)


for item in tree():
    item.show()
