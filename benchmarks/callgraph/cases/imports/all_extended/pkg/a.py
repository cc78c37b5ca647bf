__all__ = ["one"]


def one():
    pass
