from .impl import _hidden

__all__ = ["_hidden"]
