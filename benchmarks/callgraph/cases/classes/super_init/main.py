class Base:
    def __init__(self):
        pass


class Tool(Base):
    def __init__(self):
        super().__init__()


Tool()
