class Bag:
    def __init__(self):
        self.items = []

    def __iadd__(self, other):
        self.extend(other)
        return self

    def extend(self, other):
        self.items.extend(other)

    def __ior__(self, other):
        self.items.append(other)
        return self


bag = Bag()
bag += [1]
bag |= 2
bag.extend([3])
