def one():
    pass


def two():
    pass


for function in [one, two]:
    function()
