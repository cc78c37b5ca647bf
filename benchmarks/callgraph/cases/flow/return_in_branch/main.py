def one():
    return None


def two():
    pass


def work(flag):
    if flag:
        return one()
    return two()


work(True)
work(False)
