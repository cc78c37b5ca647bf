from collections.abc import MutableSet


class Tags(MutableSet):
    def __init__(self):
        self.items = []

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def add(self, item):
        self.items.append(item)

    def discard(self, item):
        self.items.remove(item)


def extend(tags):
    tags |= {"a"}


def same(tags):
    return tags == {"a"}


tags = Tags()
extend(tags)
same(tags)
tags.remove("a")
