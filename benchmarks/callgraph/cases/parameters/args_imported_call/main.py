from to_import import apply


def func():
    pass


apply(func)
