class Source:
    def __init__(self):
        self.items = self.read()

    def read(self):
        yield one

    def run(self):
        for function in self.items:
            function()


def one():
    pass


Source().run()
