class Failure(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = describe(reason)


def describe(reason):
    return reason


try:
    raise Failure("late")
except Failure:
    pass
