import first


def work():
    first.helper()
