class Seq:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]

    def __len__(self):
        return len(self.items)


def f():
    return 1


def g():
    return 2


for func in Seq([f, g]):
    func()
list(reversed(Seq([f, g])))
