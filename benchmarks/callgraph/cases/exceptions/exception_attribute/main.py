class Failure(Exception):
    def __init__(self, action):
        self.action = action


def work():
    pass


try:
    raise Failure(work)
except Failure as error:
    error.action()
