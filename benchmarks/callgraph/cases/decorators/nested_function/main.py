def trace(function):
    def inner():
        function()

    return inner


def outer():
    @trace
    def work():
        pass

    work()


outer()
