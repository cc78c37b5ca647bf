class Base:
    def run(self):
        self.engine.start()


class Engine:
    def start(self):
        pass


class Car(Base):
    def __init__(self):
        self.engine = Engine()


Car().run()
