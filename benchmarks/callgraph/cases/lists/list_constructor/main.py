def one():
    pass


functions = list((one,))
functions[0]()
