__all__ = ["public"]


def public():
    hidden()


def hidden():
    pass
