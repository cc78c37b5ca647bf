__all__ = ["work"]


def work():
    pass
