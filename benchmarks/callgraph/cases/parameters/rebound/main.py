def one():
    pass


def two():
    pass


def apply(function):
    function = two
    function()


apply(one)
