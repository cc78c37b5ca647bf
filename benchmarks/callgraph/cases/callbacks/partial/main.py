import functools


def work(value):
    pass


run = functools.partial(work, 1)
run()
