class Base:
    def use(self):
        pass


class Tool(Base):
    def use(self):
        pass


Tool().use()
