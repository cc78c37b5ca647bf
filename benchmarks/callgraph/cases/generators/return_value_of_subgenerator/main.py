def inner():
    yield 1
    return finish


def finish():
    return "done"


def outer():
    result = yield from inner()
    result()


list(outer())
