def one():
    pass


def two():
    pass


ordered = sorted([(2, one), (1, two)], key=lambda pair: pair[0])
for _, function in ordered:
    function()
