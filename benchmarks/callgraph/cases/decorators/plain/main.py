def trace(function):
    def inner():
        function()

    return inner


@trace
def work():
    pass


work()
