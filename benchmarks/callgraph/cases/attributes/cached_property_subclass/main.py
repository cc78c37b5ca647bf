from functools import cached_property


class lazy(cached_property):
    def __init__(self, function):
        super().__init__(function)

    def __get__(self, instance, owner=None):
        return super().__get__(instance, owner)


class renamed(cached_property):
    pass


class Other:
    def use(self):
        pass


class Thing:
    @lazy
    def one(self):
        return Other()

    @renamed
    def two(self):
        return Other()


def first(thing):
    thing.one.use()


def second(thing):
    thing.two.use()


first(Thing())
second(Thing())
