from enum import Enum


class Operation(Enum):
    ADD = "+"
    SUB = "-"

    def __call__(self, a, b):
        return TABLE[self](a, b)


def add(a, b):
    return a + b


def sub(a, b):
    return a - b


TABLE = {Operation.ADD: add, Operation.SUB: sub}
Operation.ADD(1, 2)
Operation("-")(2, 1)
