class Base:
    @classmethod
    def create(cls):
        return cls.build()

    @classmethod
    def build(cls):
        pass


class Tool(Base):
    @classmethod
    def build(cls):
        pass


Tool.create()
