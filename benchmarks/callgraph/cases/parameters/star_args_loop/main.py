def one():
    pass


def two():
    pass


def apply(*functions):
    for function in functions:
        function()


apply(one, two)
