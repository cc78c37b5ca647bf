from dataclasses import dataclass, field


def make():
    return []


@dataclass
class Basket:
    items: list = field(default_factory=make)


Basket()
