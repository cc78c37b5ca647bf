class Failure(Exception):
    def __init__(self, handler):
        self.handler = handler


def one():
    pass


def run():
    try:
        raise Failure(one)
    except Failure as error:
        error.handler()
        raise


try:
    run()
except Failure as e:
    e.handler()
