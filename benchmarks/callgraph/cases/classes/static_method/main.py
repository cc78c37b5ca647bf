class Tool:
    @staticmethod
    def make():
        work()


def work():
    pass


Tool.make()
Tool().make()
