def one():
    pass


for function in [one] * 2:
    function()
