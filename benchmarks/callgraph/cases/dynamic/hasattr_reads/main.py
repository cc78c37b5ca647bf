class Shown:
    @property
    def title(self):
        return self.make()

    def make(self):
        return "title"


class Lazy:
    def __getattr__(self, name):
        raise AttributeError(name)


def has(thing):
    return hasattr(thing, "title")


def sets(thing, names):
    for name in names:
        setattr(thing, name, 1)


class Noting:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


has(Shown())
has(Lazy())
sets(Noting(), input.__name__)
