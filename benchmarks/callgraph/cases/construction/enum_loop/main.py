from enum import Enum


class Color(Enum):
    RED = 1
    BLUE = 2

    def describe(self):
        pass


for color in Color:
    color.describe()
