from helpers import helper
from helpers import __all__ as _names

__all__ = ["work"] + _names


def work():
    pass
