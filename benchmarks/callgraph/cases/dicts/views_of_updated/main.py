def one():
    pass


def two():
    pass


table = {"a": one}
table.update({"b": two}, c=one)
for name, function in table.items():
    function()
