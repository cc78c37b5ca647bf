def one():
    pass


def two():
    pass


functions = [two]
functions.insert(0, one)
for function in functions:
    function()
