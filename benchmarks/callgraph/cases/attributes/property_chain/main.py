class Engine:
    @property
    def parts(self):
        return Parts()


class Parts:
    @property
    def first(self):
        return f1


class Car:
    def __init__(self):
        self._engine = Engine()

    @property
    def engine(self):
        return self._engine


def f1():
    pass


Car().engine.parts.first()
