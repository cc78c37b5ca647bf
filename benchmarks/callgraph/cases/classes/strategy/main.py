class Fast:
    def sort(self):
        pass


class Slow:
    def sort(self):
        pass


class Sorter:
    def __init__(self, strategy):
        self.strategy = strategy

    def run(self):
        self.strategy.sort()


Sorter(Slow()).run()
