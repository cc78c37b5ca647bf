def trace(function):
    def inner():
        function()

    return inner


def work():
    pass


work = trace(work)
work()
