class Timeout(Exception):
    pass


class Closed(Exception):
    pass


def on_timeout(exc):
    return "t"


def on_closed(exc):
    return "c"


HANDLERS = {Timeout: on_timeout, Closed: on_closed}


def guard(func):
    try:
        return func()
    except (Timeout, Closed) as exc:
        return HANDLERS[type(exc)](exc)


def slow():
    raise Timeout()


def dead():
    raise Closed


guard(slow)
guard(dead)
