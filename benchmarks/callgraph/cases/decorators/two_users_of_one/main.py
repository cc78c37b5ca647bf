def trace(function):
    def inner():
        return function()

    return inner


@trace
def one():
    pass


@trace
def two():
    pass


one()
two()
