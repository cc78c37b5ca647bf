from enum import Enum


class Color(Enum):
    RED = 1

    def describe(self):
        pass


Color(1).describe()
Color["RED"].describe()
