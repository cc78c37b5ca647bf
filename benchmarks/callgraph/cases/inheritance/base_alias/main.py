class Base:
    def run(self):
        pass


Alias = Base


class Tool(Alias):
    pass


Tool().run()
