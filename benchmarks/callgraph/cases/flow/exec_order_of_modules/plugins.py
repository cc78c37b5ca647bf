import registry


def handler():
    pass


registry.handlers.append(handler)
