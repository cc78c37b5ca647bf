def work():
    pass


def make():
    return work


make()()
