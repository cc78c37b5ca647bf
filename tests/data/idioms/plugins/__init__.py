"""Finds its own modules."""
import importlib
import pkgutil

REGISTRY = {}


def register(cls):
    REGISTRY[cls.__name__.lower()] = cls
    return cls


for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{module.name}")
__all__ = [name for name in dir() if not name.startswith("_")]


def __getattr__(name):
    if name in REGISTRY:
        return REGISTRY[name]
    raise AttributeError(name)
