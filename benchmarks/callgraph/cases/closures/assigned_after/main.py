def work():
    pass


def outer():
    def inner():
        run()

    run = work
    inner()


outer()
