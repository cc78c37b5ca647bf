from dataclasses import dataclass, field


def make_tags():
    return []


@dataclass
class Item:
    name: str
    price: float = 0.0
    tags: list = field(default_factory=make_tags)

    def __post_init__(self):
        self.normalize()

    def normalize(self):
        self.name = self.name.strip()

    def total(self):
        return self.price


@dataclass
class Cart:
    items: list = field(default_factory=list)

    def add(self, item):
        self.items.append(item)
        return self

    def total(self):
        return sum(i.total() for i in self.items)


Cart().add(Item("a ", 1.0)).add(Item("b")).total()
