"""Classes that take others for their own: by a hook, by being told, by their methods."""

import abc
from typing import Protocol, runtime_checkable


class Store(abc.ABC):
    """Of what is registered."""


class Backend(metaclass=abc.ABCMeta):
    """The same, without the base."""


class Memory:
    def read(self):
        return "memory"


@Backend.register
class Disk:
    def read(self):
        return "disk"


Store.register(Memory)
Store.register(Disk)


class Speaking(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "speak") or NotImplemented


@runtime_checkable
class Closing(Protocol):
    def close(self): ...


class Parrot:
    def speak(self):
        return "speak"

    def close(self):
        return None


def read(store):
    if isinstance(store, Store):
        return store.read().upper()
    return store.fetch()


def kind_of(cls):
    if not issubclass(cls, Backend):
        raise TypeError(cls)
    return cls.__name__


def speak(animal):
    if isinstance(animal, Speaking):
        return animal.speak().upper()
    return animal.talk()


def close(thing):
    if not isinstance(thing, Closing):
        thing.shut()
    else:
        thing.close()


read(Memory())
read(Disk())
kind_of(Disk)
speak(Parrot())
close(Parrot())
