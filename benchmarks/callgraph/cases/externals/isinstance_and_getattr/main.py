isinstance(1, int)
hasattr(1, "real")
callable(print)
