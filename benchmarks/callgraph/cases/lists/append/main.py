def one():
    pass


functions = []
functions.append(one)
functions[0]()
