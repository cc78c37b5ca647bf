class Trace:
    def __init__(self, function):
        self.function = function

    def __call__(self):
        self.function()


@Trace
def work():
    pass


work()
