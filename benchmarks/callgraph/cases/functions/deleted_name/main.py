def one():
    pass


def two():
    pass


run = one
del run
run = two
run()
