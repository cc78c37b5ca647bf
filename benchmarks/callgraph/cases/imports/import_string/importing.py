import importlib


def import_string(text):
    module_name, _, attributes = text.partition(":")
    found = importlib.import_module(module_name)
    for name in attributes.split("."):
        found = getattr(found, name)
    return found
