def one():
    pass


def two():
    pass


table = {"one": one, "two": two}
del table["one"]
for function in table.values():
    function()
