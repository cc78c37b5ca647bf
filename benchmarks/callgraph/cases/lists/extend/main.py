def one():
    pass


functions = []
functions.extend([one])
functions[0]()
