import math


def apply(function):
    return function(4)


apply(math.sqrt)
