from functools import cached_property


class Engine:
    def start(self):
        return "on"


class Car:
    @cached_property
    def engine(self):
        return Engine()

    def drive(self):
        return self.engine.start()


car = Car()
car.drive()
car.drive()
