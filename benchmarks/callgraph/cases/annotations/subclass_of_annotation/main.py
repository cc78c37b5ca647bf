class Tool:
    def use(self):
        self.step()

    def step(self):
        pass


class Hammer(Tool):
    def step(self):
        pass


def work(tool: Tool):
    tool.use()


work(Hammer())
