class Base:
    @classmethod
    def make(cls):
        return cls()


class Tool(Base):
    @classmethod
    def make(cls):
        return super().make()

    def __init__(self):
        pass


Tool.make()
