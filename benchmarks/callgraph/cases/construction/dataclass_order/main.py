from dataclasses import dataclass, field


def make():
    return []


@dataclass(order=True)
class Item:
    weight: int
    tags: list = field(default_factory=make, compare=False)

    def __post_init__(self):
        self.check()

    def check(self):
        pass


Item(1) < Item(2)
