def one():
    pass


for function in filter(None, [one]):
    function()
