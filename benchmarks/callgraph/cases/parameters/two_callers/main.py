def one():
    pass


def two():
    pass


def apply(function):
    function()


apply(one)
apply(two)
