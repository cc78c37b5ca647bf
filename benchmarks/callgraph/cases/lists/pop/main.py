def one():
    pass


functions = [one]
functions.pop()()
