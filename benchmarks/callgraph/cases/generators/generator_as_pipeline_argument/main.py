def numbers():
    yield one
    yield two
def one(): return 1
def two(): return 2
def results(functions):
    for function in functions:
        yield function()
list(results(numbers()))
