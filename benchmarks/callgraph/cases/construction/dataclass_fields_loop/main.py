from dataclasses import dataclass, field, fields


class Cat:
    def speak(self):
        return "meow"


class Dog:
    def speak(self):
        return "woof"


@dataclass
class House:
    cat: Cat = field(default_factory=Cat)
    dog: Dog = field(default_factory=Dog)


def talk(house):
    for each in fields(house):
        getattr(house, each.name).speak()


talk(House())
