class Repeat:
    def __init__(self, times):
        self.times = times

    def __call__(self, function):
        def inner():
            function()

        return inner


@Repeat(2)
def work():
    pass


work()
