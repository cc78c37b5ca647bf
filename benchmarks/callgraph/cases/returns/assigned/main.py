def work():
    pass


def make():
    return work


run = make()
run()
