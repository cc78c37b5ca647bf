def one():
    pass


def two():
    pass


table = {"one": one, "two": two}
for function in table.values():
    function()
