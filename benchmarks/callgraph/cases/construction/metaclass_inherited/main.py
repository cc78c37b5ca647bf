class Meta(type):
    def __init__(cls, name, bases, namespace):
        register(cls)


def register(cls):
    pass


class Base(metaclass=Meta):
    pass


class Tool(Base):
    pass
