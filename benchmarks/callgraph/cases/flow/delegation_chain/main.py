class Engine:
    def start(self):
        self.ignite()

    def ignite(self):
        pass


class Car:
    def __init__(self, engine):
        self._engine = engine

    @property
    def engine(self):
        return self._engine


class Driver:
    def __init__(self, car):
        self.car = car

    def go(self):
        self.car.engine.start()


Driver(Car(Engine())).go()
