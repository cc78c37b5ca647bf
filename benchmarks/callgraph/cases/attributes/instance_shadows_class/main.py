def other():
    pass


class Tool:
    def run(self):
        pass


tool = Tool()
tool.run = other
tool.run()
