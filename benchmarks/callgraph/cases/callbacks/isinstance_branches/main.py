class Dog:
    def bark(self):
        return 1


class Cat:
    def meow(self):
        return 2


def talk(animal):
    if isinstance(animal, Dog):
        return animal.bark()
    elif isinstance(animal, Cat):
        return animal.meow()
    return None


talk(Dog())
talk(Cat())
