class Base:
    def __init__(self):
        pass

    @classmethod
    def make(cls):
        return cls()


class Tool(Base):
    def __init__(self):
        pass

    def use(self):
        pass


Tool.make().use()
