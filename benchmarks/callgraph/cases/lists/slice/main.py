def one():
    pass


def two():
    pass


def three():
    pass


functions = [one, two, three]
for function in functions[1:]:
    function()
