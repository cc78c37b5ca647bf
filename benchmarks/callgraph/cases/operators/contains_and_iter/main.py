class Bag:
    def __init__(self, *items):
        self.items = items

    def __contains__(self, item):
        return item in self.items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __reversed__(self):
        return iter(self.items)


def f1():
    pass


bag = Bag(f1)
f1 in bag
len(bag)
bag[0]()
for f in reversed(bag):
    f()
