def work():
    pass


def other():
    pass


values = [work() for work in (other,)]
work()
