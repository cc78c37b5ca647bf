def one():
    pass


def name_of(function):
    return function.__name__


for function in sorted([one], key=name_of):
    function()
