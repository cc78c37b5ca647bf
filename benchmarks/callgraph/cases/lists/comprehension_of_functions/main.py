def one():
    pass


def two():
    pass


functions = [function for function in (one, two)]
functions[0]()
functions[1]()
