def functions():
    yield one


def one():
    pass


def consume(items):
    for function in items:
        function()


consume(functions())
