def one():
    pass


def two():
    pass


def apply(**named):
    named["second"]()


apply(first=one, second=two)
