import importlib

NAMES = ["first", "second"]


def load(name):
    return importlib.import_module(f"ext.{name}")


for name in NAMES:
    load(name).setup()
