from base import Base


class Tool(Base):
    def step(self):
        pass


Tool().run()
