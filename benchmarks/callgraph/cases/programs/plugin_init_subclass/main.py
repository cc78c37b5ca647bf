class Plugin:
    registry = {}

    def __init_subclass__(cls, /, name, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name] = cls

    def run(self):
        raise NotImplementedError


class CsvPlugin(Plugin, name="csv"):
    def run(self):
        return parse_csv()


class JsonPlugin(Plugin, name="json"):
    def run(self):
        return parse_json()


def parse_csv():
    return "csv"


def parse_json():
    return "json"


for key in ("csv", "json"):
    Plugin.registry[key]().run()
