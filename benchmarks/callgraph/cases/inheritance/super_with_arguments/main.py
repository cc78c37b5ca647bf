class Base:
    def run(self):
        pass


class Tool(Base):
    def run(self):
        super(Tool, self).run()


Tool().run()
