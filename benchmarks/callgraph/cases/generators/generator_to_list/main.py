def functions():
    yield one


def one():
    pass


list(functions())[0]()
