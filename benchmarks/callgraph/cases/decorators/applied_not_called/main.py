def trace(function):
    def inner():
        pass

    return inner


@trace
def work():
    pass
