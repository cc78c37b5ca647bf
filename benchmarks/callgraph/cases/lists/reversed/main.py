def one():
    pass


def two():
    pass


for function in reversed([one, two]):
    function()
