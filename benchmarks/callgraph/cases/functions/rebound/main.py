def one():
    pass


def two():
    pass


run = one
run = two
run()
