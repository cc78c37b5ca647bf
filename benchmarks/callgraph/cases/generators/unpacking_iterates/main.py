class Pair:
    def __iter__(self):
        return iter((one, two))


def one():
    pass


def two():
    pass


first, second = Pair()
second()
