def one():
    pass


def two():
    pass


def make_one():
    run = one

    def inner():
        run()

    return inner


def make_two():
    run = two

    def inner():
        run()

    return inner


make_one()()
make_two()()
