def negate(function):
    return lambda value: not function(value)


@negate
def is_small(value):
    return value < 3


is_small(2)
