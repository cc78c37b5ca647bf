from typing import Protocol


class Speaker(Protocol):
    def speak(self) -> str: ...


class Dog:
    def speak(self) -> str:
        return "woof"


class Cat:
    def speak(self) -> str:
        return purr()


def purr():
    return "purr"


def announce(s: Speaker) -> str:
    return s.speak()


announce(Dog())
announce(Cat())
