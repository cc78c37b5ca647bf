def one(value):
    pass


def two(value):
    pass


for function, value in zip([one, two], [1, 2]):
    function(value)
