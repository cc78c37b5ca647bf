def helper():
    pass


def work():
    work.hook()


work.hook = helper
work()
