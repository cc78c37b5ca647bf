def outer(f):
    def inner():
        f()

    return inner


@(saved := outer)
def work():
    pass


work()
saved(work)()
