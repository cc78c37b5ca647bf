class Tool:
    def __init__(self, size):
        self.size = size

    def use(self):
        pass


tools = [Tool(size) for size in (1, 2)]
for tool in tools:
    tool.use()
