def apply(function):
    return function(1)


def double(value):
    return value * 2


apply(lambda value: double(value))
