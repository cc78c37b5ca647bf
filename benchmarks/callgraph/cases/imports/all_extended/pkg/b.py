__all__ = ["two"]


def two():
    pass
