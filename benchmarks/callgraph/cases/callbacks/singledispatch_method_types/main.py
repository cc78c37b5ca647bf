from functools import singledispatchmethod


class Formatter:
    @singledispatchmethod
    def fmt(self, arg):
        return self.default(arg)

    @fmt.register
    def _(self, arg: int):
        return self.number(arg)

    @fmt.register(list)
    def _list(self, arg):
        return [self.fmt(a) for a in arg]

    def default(self, arg):
        return str(arg)

    def number(self, arg):
        return arg


f = Formatter()
f.fmt(1)
f.fmt([2])
f.fmt("x")
