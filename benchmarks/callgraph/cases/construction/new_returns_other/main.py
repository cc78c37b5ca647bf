class Other:
    def run(self):
        pass


class Tool:
    def __new__(cls):
        return Other()

    def __init__(self):
        pass


Tool().run()
