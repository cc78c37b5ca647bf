import importlib

tools = importlib.import_module("tools")
tools.work()
