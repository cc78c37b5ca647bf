class Tool:
    def use(self):
        self.log()

    def log(self):
        pass


Tool.use(Tool())
