import importlib


def load():
    module = importlib.import_module(".tools", __package__)
    module.work()
