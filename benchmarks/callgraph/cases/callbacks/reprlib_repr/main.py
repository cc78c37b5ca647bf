import string
from reprlib import Repr


class Short(Repr):
    def repr1(self, value, level):
        return shown(value)


class Long(Repr):
    def repr1(self, value, level):
        return Repr.repr1(self, value, level)


class OfKind(Repr):
    def repr_Shape(self, value, level):
        return value.name


class Fields(string.Formatter):
    def __init__(self):
        pass

    def get_value(self, key, args, kwargs):
        return key

    def convert_field(self, value, conversion):
        return value


class Shape:
    name = "shape"

    def __repr__(self):
        return "Shape()"


class Line:
    def __repr__(self):
        return "Line()"


def shown(value):
    return repr(value)


def short(value):
    return SHORT(value)


def long(value):
    return LONG(value)


def of_kind(value):
    return OfKind().repr(value)


def filled():
    return Fields().format("{name!r}")


SHORT = Short().repr
LONG = Long().repr
short(Shape())
long(Line())
of_kind(Shape())
filled()
