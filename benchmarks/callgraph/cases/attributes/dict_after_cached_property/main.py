from functools import cached_property


class Engine:
    def start(self):
        return "started"


class Car:
    @cached_property
    def engine(self):
        return Engine()


car = Car()
car.engine.start()
car.__dict__["engine"].start()
