class Base:
    def run(self):
        pass


class Tool(Base):
    def run(self):
        parent = super().run
        parent()


Tool().run()
