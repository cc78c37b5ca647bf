registry = {}


class Plugin:
    def __init_subclass__(cls, **kwargs):
        registry[kwargs.pop("name")] = cls


class Extra(Plugin, name="extra"):
    def run(self):
        pass


registry["extra"]().run()
