from tools import trace


@trace
def work():
    pass


work()
