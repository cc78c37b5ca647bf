import importlib

_places = {"hammer": ".hammers", "saws": None}


def __getattr__(name):
    place = _places[name]
    if place is None:
        return importlib.import_module(f"{__name__}.{name}")
    return getattr(importlib.import_module(place, __name__), name)
