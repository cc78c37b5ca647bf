def one():
    pass


def two():
    pass


def functions():
    yield one
    yield two


for function in functions():
    function()
