def work():
    pass


def rest():
    pass
