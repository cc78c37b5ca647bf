def work():
    pass


class Base:
    def __init__(self):
        self.action = work


class Tool(Base):
    def __init__(self):
        super().__init__()
        self.action()


Tool()
