class Tool:
    def __init__(self):
        self.action = self.use

    def use(self):
        pass


Tool().action()
