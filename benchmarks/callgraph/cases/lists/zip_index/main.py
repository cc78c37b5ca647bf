def one():
    pass


def two():
    pass


pairs = list(zip([one, two], ["a", "b"]))
pairs[0][0]()
first = list(map(lambda f: f, [two]))[0]
first()
