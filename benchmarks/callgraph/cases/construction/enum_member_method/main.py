from enum import Enum


class Color(Enum):
    RED = 1
    GREEN = 2

    def describe(self):
        return self.label()

    def label(self):
        return self.name.lower()


Color.RED.describe()
Color["GREEN"].describe()
