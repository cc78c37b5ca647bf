def work():
    pass


class Tool:
    action = staticmethod(work)

    def run(self):
        self.action()


Tool().run()
