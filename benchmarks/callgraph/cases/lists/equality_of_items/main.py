class Spec:
    def __init__(self, func):
        self.func = func

    def __eq__(self, other):
        return self.func == other.func



class Specs:
    def __init__(self, factory=Spec):
        self.items = []
        self.factory = factory

    def _add(self, func):
        if isinstance(func, Spec):
            spec = func
        else:
            spec = self.factory(func)
        if spec in self.items:
            return None
        self.items.append(spec)
        return spec

    def add(self, callbacks):
        for func in callbacks:
            self._add(func)
        return self


Specs().add([1, 2])


class Tag:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return same(self, other)


class Mark:
    def __eq__(self, other):
        return True


def same(one, other):
    return one.name == other.name


tags = [Tag("a"), Tag("b")]
tags.index(Tag("b"))
tags.count(Tag("c"))
Tag("b") in (Tag("a"), Tag("b"))
mark = Mark()
mark in [mark]
