from functools import singledispatch


class Missing:
    pass


class Shape:
    pass


class Square(Shape):
    pass


class Converters:
    def __init__(self):
        self._known = singledispatch(Missing)
        self._known.register(int, self.number)
        self._known.register(Shape, self.shape)

    def number(self, value):
        return value

    def shape(self, value):
        return value

    def convert(self, value):
        found = self._known.dispatch(value.__class__)
        if found is not Missing:
            found(value)


def of_text(value):
    return value


def run(value):
    show.dispatch(type(value))(value)


@singledispatch
def show(value):
    return value


@show.register(str)
def show_text(value):
    return of_text(value)


def show_number(value):
    return value


show.register(int, show_number)
Converters().convert(1)
Converters().convert(Square())
run("text")
show.registry[int](1)
