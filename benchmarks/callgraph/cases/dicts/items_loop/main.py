def one():
    pass


def two():
    pass


table = {"one": one, "two": two}
for _name, function in table.items():
    function()
