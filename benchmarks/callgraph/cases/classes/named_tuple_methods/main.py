from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self):
        return distance(self.x, self.y)

    def moved(self, dx):
        return self._replace(x=self.x + dx)

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


def distance(a, b):
    return a + b


p = Point(1) + Point(2, 3)
p.norm()
p.moved(1).norm()
