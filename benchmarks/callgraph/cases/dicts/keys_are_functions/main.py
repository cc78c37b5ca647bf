def one():
    pass


for function in {one: 1}:
    function()
