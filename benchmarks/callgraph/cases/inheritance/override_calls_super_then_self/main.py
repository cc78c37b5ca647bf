class Base:
    def setup(self):
        self.configure()

    def configure(self):
        pass


class Tool(Base):
    def setup(self):
        super().setup()
        self.finish()

    def configure(self):
        super().configure()

    def finish(self):
        pass


Tool().setup()
