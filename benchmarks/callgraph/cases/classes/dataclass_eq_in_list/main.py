from dataclasses import dataclass


@dataclass(order=True)
class Card:
    rank: int
    label: str = ""

    def __str__(self):
        return self.name()

    def name(self):
        return f"c{self.rank}"


cards = sorted([Card(2), Card(1)])
print(cards[0])
f"{cards[1]}"
Card(1) == Card(1)
