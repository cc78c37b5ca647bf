from runner import run


def callback():
    pass


run(callback)
