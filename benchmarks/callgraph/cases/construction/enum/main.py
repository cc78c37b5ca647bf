from enum import Enum


class Color(Enum):
    RED = 1

    def describe(self):
        return self.shade()

    def shade(self):
        pass


Color.RED.describe()
