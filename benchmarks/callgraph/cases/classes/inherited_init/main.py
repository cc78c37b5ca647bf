class Base:
    def __init__(self):
        pass


class Tool(Base):
    pass


Tool()
