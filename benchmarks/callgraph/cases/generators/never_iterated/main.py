def numbers():
    yield 1


numbers()
