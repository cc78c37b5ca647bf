class Engine:
    def start(self):
        pass


class Car:
    engine = Engine()

    @classmethod
    def drive(cls):
        cls.engine.start()


Car.drive()
