def one():
    pass


def two():
    pass


numbered = list(enumerate([one, two]))
numbered[1][1]()
