import itertools


def one():
    pass


def two():
    pass


for function in itertools.chain([one], [two]):
    function()
