class Plugin:
    known = {}

    def __init_subclass__(cls, name, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.known[name] = cls

    def run(self):
        raise NotImplementedError


class One(Plugin, name="one"):
    def run(self):
        return 1


class Two(Plugin, name="two"):
    def run(self):
        return two()


def two():
    return 2


def main(name):
    return Plugin.known[name]().run()


main("two")
