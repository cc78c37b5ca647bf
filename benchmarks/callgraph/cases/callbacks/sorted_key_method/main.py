class Item:
    def __init__(self, weight):
        self.weight = weight

    def key(self):
        return self.weight


items = [Item(2), Item(1)]
sorted(items, key=Item.key)
min(items, key=lambda item: item.key())
