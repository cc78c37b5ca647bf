from dataclasses import dataclass


class Engine:
    def start(self):
        pass


@dataclass
class Base:
    engine: Engine


@dataclass
class Car(Base):
    name: str = ""

    def drive(self):
        self.engine.start()


Car(engine=Engine()).drive()
