def replacement():
    pass


def replace(function):
    return replacement


@replace
def work():
    pass


work()
