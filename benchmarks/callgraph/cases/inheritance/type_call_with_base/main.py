class Base:
    def run(self):
        self.step()

    def step(self):
        pass


Tool = type("Tool", (Base,), {})
Tool().run()
