class Tool:
    def use(self):
        pass


def work(*, tool: Tool):
    tool.use()


hammer = Tool()
work(tool=eval("hammer"))
