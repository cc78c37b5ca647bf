class Item:
    def __init__(self, name):
        self.name = name

    def key(self):
        return normal(self.name)


def normal(text):
    return text.lower()


def names(items):
    items.sort(key=Item.key)
    return [max(items, key=lambda item: item.key()), min(items, key=Item.key)]


names([Item("b"), Item("a")])
