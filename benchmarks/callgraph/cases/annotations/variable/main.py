class Tool:
    def use(self):
        pass


hammer = Tool()
tool: Tool = eval("hammer")
tool.use()
