def work():
    pass


def outer():
    run = work

    def inner():
        run()

    inner()


outer()
