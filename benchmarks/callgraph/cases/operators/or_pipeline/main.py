class Step:
    def __init__(self, function):
        self.function = function

    def __or__(self, other):
        return Step(other.function)

    def run(self):
        self.function()


def one():
    pass


def two():
    pass


(Step(one) | Step(two)).run()
