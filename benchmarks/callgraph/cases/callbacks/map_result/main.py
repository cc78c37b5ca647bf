def one():
    pass


def wrap(function):
    return function


for function in map(wrap, [one]):
    function()
