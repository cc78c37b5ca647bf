from abc import ABC, abstractmethod


class Shape(ABC):
    def describe(self):
        return self.area()

    @abstractmethod
    def area(self):
        raise NotImplementedError


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


Square(2).describe()
