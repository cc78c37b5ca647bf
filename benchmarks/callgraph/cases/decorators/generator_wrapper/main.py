def trace(function):
    def inner():
        yield from function()

    return inner


@trace
def numbers():
    yield 1


for number in numbers():
    pass
