class BaseError(Exception):
    def report(self):
        return "base"


class NotFound(BaseError):
    def report(self):
        return "nf"


class Denied(BaseError):
    def report(self):
        return "denied"


def find(key):
    raise NotFound(key)


def enter(key):
    raise Denied(key)


for action in (find, enter):
    try:
        action("k")
    except BaseError as e:
        e.report()
