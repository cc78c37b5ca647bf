import inspect


class Field:
    def __init__(self):
        self.owner = None


class Meta(type):
    def __new__(mcs, name, bases, namespace):
        for key, value in namespace.items():
            if inspect.isclass(value) and issubclass(value, Field):
                namespace[key] = value()
        return super().__new__(mcs, name, bases, namespace)


class Model(metaclass=Meta):
    field = Field

    @staticmethod
    def plain():
        return 1

    @classmethod
    def made(cls):
        return 2

    @property
    def shown(self):
        return 3


Model.plain()
Model.made()
Model().shown
