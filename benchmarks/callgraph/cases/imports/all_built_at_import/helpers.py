__all__ = ["helper"]


def helper():
    pass
