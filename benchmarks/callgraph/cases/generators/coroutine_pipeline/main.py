def primed(function):
    def start(*args):
        generator = function(*args)
        next(generator)
        return generator

    return start


@primed
def printer():
    while True:
        item = yield
        show(item)


@primed
def doubled(target):
    while True:
        item = yield
        target.send(twice(item))


def twice(item):
    return item * 2


def show(item):
    pass


pipeline = doubled(printer())
pipeline.send(1)
