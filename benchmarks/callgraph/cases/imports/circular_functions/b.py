import a


def middle():
    a.end()
