import math


def choose():
    return math.sqrt


choose()(4)
