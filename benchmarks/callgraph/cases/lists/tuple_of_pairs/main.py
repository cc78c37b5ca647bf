def one():
    pass


def two():
    pass


for _name, function in (("one", one), ("two", two)):
    function()
