class Failure(Exception):
    def __init__(self, reason):
        self.reason = reason


try:
    raise Failure("late")
except Failure:
    pass
