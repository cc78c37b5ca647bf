def one():
    pass


def two():
    pass


run = one
run()
run = two
run()
