def one():
    pass


def two():
    pass


functions = [one, one]
functions[:] = [two]
functions[0]()
