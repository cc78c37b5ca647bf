def one():
    pass


def two():
    pass


def same(function):
    return function


run = same(one)
run()
other = same(two)
