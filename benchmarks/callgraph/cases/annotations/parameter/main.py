class Tool:
    def use(self):
        pass


def work(tool: Tool):
    tool.use()


work(Tool())
