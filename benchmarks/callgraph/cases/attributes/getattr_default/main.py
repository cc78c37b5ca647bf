class Tool:
    pass


def fallback():
    pass


getattr(Tool(), "missing", fallback)()
