def work():
    pass


class Tool:
    def run(self):
        self.action()


tool = Tool()
tool.action = work
tool.run()
