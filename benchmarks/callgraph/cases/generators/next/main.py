def one():
    pass


def functions():
    yield one


next(functions())()
