class Base:
    def __init_subclass__(cls):
        cls.kind = cls.__name__

    def __setattr__(self, name, value):
        super().__setattr__(name, value)


class Below(Base):
    pass


class Lower(Below):
    pass


Base().size = 1
