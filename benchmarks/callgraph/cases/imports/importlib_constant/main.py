import importlib

mod = importlib.import_module("plugins.alpha")
mod.run()
getattr(importlib.import_module("plugins.beta"), "run")()
