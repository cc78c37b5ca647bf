def one(): pass
def two(): pass
table = {"b": two, "a": one}
for name, function in sorted(table.items()):
    function()
