def inner():
    yield 1
    return finish


def outer():
    result = yield from inner()
    result()


def finish():
    pass


list(outer())
