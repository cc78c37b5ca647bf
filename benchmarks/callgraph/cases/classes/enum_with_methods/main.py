from enum import Enum


class Op(Enum):
    ADD = "+"
    SUB = "-"

    def apply(self, a, b):
        if self is Op.ADD:
            return plus(a, b)
        return minus(a, b)

    @classmethod
    def parse(cls, text):
        return cls(text)

    @property
    def label(self):
        return self.name.lower()


def plus(a, b):
    return a + b


def minus(a, b):
    return a - b


Op.ADD.apply(1, 2)
Op.parse("-").apply(3, 4)
Op.SUB.label
