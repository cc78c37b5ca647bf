class Base:
    def __init__(self, **rest):
        pass


class Named(Base):
    def __init__(self, name="", **rest):
        super().__init__(**rest)


class Sized(Base):
    def __init__(self, size=0, **rest):
        super().__init__(**rest)


class Thing(Named, Sized):
    pass


Thing(name="x", size=1)
