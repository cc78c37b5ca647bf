def one():
    pass


table = {"run": one}
_key, function = table.popitem()
function()
