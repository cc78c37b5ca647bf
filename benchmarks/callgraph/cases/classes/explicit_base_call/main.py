class Base:
    def __init__(self):
        pass


class Tool(Base):
    def __init__(self):
        Base.__init__(self)


Tool()
