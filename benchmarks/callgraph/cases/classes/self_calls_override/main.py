class Base:
    def run(self):
        self.step()

    def step(self):
        pass


class Tool(Base):
    def step(self):
        pass


Tool().run()
