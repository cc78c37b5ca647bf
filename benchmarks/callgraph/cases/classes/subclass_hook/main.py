from abc import ABC, ABCMeta


class Walks(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "walk")


class Runs(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        return named(other)


class Asked(type):
    def __subclasscheck__(cls, other):
        return True


class Anything(metaclass=Asked):
    pass


class Dog:
    def walk(self):
        pass


class Cat:
    def walk(self):
        pass


def named(cls):
    return False


def of_instance(value):
    return isinstance(value, Walks)


def of_several(value):
    return isinstance(value, (int, Runs))


def of_class(cls):
    return issubclass(cls, Walks)


def of_metaclass(cls):
    return issubclass(cls, Anything)


of_instance(Dog())
of_several(Dog())
of_class(Cat)
of_metaclass(Cat)
