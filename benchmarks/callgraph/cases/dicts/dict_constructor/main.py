def one():
    pass


def two():
    pass


table = dict(first=one, second=two)
table["second"]()
