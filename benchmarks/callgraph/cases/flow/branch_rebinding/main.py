def one():
    pass


def two():
    pass


run = one
for flag in (True, False):
    if flag:
        run = two
    run()
    run = one
