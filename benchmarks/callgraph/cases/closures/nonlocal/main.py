def one():
    pass


def two():
    pass


def outer():
    run = one

    def change():
        nonlocal run
        run = two

    change()
    run()


outer()
