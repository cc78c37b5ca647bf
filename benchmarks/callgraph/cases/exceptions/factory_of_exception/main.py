class Failure(Exception):
    def __init__(self, code):
        self.code = code


def make(code):
    return Failure(code)


try:
    raise make(1)
except Failure:
    pass
