def good():
    raise ValueError


def recover():
    pass


def choose():
    try:
        return good()
    except ValueError:
        return recover


choose()()
