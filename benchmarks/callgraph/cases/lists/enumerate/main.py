def one():
    pass


def two():
    pass


for _index, function in enumerate([one, two]):
    function()
