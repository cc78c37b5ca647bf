class Tool:
    def use(self):
        pass

    def get(self):
        return self.use


Tool().get()()
