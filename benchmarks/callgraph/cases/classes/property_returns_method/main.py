class A:
    @property
    def action(self):
        return self.run

    def run(self):
        pass


A().action()
