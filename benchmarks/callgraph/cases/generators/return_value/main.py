def one():
    pass


def inner():
    yield 1
    return one


def outer():
    function = yield from inner()
    function()


for _ in outer():
    pass
