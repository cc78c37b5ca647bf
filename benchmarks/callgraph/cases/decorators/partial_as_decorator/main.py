from functools import partial


def register(name, function):
    return function


@partial(register, "work")
def work():
    pass


work()
