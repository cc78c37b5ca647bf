def one():
    pass


def two():
    pass


functions = [one]
other = functions
other[0] = two
functions[0]()
