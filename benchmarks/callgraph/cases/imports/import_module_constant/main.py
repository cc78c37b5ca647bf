import importlib

NAME = "plugin"
module = importlib.import_module(NAME)
module.run()
