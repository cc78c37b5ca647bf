class Base:
    def use(self):
        pass


class Tool(Base):
    def use(self):
        super().use()


Tool().use()
