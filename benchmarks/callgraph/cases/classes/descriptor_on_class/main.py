class lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(owner)


class Letters:
    @lazy
    def all(cls):
        return first() + cls.more

    @lazy
    def more(cls):
        return "b"


def first():
    return "a"


Letters.all
