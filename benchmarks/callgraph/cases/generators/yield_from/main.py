def one():
    pass


def inner():
    yield one


def outer():
    yield from inner()


for function in outer():
    function()
