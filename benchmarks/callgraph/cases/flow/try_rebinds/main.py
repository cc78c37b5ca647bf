def before():
    return 1


def after():
    return 2


handler = before
try:
    handler = after
    int("x")
except ValueError:
    handler()
