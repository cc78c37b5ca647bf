import importlib

NAME = "tools"
getattr(importlib.import_module(NAME), "work")()
