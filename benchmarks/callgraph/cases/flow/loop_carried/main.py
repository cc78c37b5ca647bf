def one():
    pass


def two():
    pass


run = one
for _ in (1, 2):
    run()
    run = two
