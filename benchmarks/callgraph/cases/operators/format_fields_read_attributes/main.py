class Part:
    def __repr__(self):
        return "part"

    def __format__(self, spec):
        return "formatted"


class Whole:
    def __init__(self):
        self.part = Part()

    @property
    def name(self):
        return "whole"

    def __repr__(self):
        return "{0.name}:{0.part!r}:{1}".format(self, Part())


def show(whole):
    return "{whole.part}".format(whole=whole)


repr(Whole())
show(Whole())
