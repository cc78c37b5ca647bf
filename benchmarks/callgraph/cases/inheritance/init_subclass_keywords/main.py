class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key=None, **kwargs):
        super().__init_subclass__(**kwargs)
        register(key, cls)


def register(key, cls):
    Plugin.registry[key] = cls


class Json(Plugin, key="json"):
    def dump(self):
        pass


class Xml(Plugin, key="xml"):
    def dump(self):
        pass


Plugin.registry["json"]().dump()
