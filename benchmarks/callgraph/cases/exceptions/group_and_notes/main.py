class Bad(Exception):
    def __str__(self):
        return tell()


def tell():
    return "bad"


def fail():
    raise Bad()


try:
    try:
        fail()
    except Bad as error:
        raise RuntimeError(str(error)) from error
except RuntimeError as outer:
    str(outer.__cause__)
