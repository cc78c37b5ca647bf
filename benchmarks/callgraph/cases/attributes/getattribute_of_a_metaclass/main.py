class Meta(type):
    def __getattribute__(cls, name):
        note(name)
        return super().__getattribute__(name)


class Model(metaclass=Meta):
    def make():
        return 1


def note(name):
    return name


def call():
    return Model.make()


call()
