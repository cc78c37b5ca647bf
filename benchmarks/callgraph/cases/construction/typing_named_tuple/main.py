from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 0

    def length(self):
        return compute(self.x, self.y)


def compute(x, y):
    return x + y


Point(1).length()
