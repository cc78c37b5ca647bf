def functions():
    yield one


def one():
    pass


def apply(function):
    function()


apply(*functions())
