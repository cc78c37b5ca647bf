class Plugin:
    def __init_subclass__(cls):
        register(cls)


def register(cls):
    pass


class Extra(Plugin):
    pass
