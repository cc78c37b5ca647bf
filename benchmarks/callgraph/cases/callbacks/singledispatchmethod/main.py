from functools import singledispatchmethod


class Printer:
    @singledispatchmethod
    def show(self, value):
        return self.fallback()

    @show.register
    def _(self, value: int):
        return self.integer()

    def fallback(self):
        pass

    def integer(self):
        pass


Printer().show(3)
Printer().show("x")
