class Tool:
    def use(self):
        pass


tools = [Tool(), Tool()]
for tool in tools:
    tool.use()
