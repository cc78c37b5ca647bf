from collections import namedtuple


def one():
    pass


def two():
    pass


Pair = namedtuple("Pair", ["first", "second"])
pair = Pair(one, second=two)
pair.first()
pair[1]()
first, second = pair
first()
