class Field:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance._values[self.name]

    def __set__(self, instance, value):
        instance._values[self.name] = value


class Engine:
    def start(self):
        return 1


class Wheel:
    def turn(self):
        return 2


class Car:
    engine = Field()
    wheel = Field()

    def __init__(self):
        self._values = {}
        self.engine = Engine()
        self.wheel = Wheel()

    def drive(self):
        self.engine.start()
        self.wheel.turn()


Car().drive()
