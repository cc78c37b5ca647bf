def work():
    pass


class Tool:
    action = None

    def __init__(self):
        self.action = work

    def run(self):
        self.action()


Tool().run()
