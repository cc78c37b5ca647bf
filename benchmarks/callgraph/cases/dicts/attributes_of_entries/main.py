class Settings(dict):
    def __getattr__(self, name):
        return self[name]


class Services:
    def __init__(self):
        self._found = {}

    def register(self, name, factory):
        self._found[name] = factory

    def __getattr__(self, name):
        return self._found[name]()


def plain(text):
    return text


def loud(text):
    return text


def start():
    return plain


def stop():
    return loud


settings = Settings(show=plain, shout=loud, again=plain, aloud=loud, echo=plain, cry=loud, say=plain, yell=loud)
services = Services()
for name, factory in (("start", start), ("stop", stop)):
    services.register(name, factory)


def quietly():
    settings.show("a")
    settings.again("a")
    settings.echo("a")
    settings.say("a")


def loudly():
    settings.shout("b")
    settings.aloud("b")
    settings.cry("b")
    settings.yell("b")


def started():
    return services.start("c")


def stopped():
    return services.stop("c")


quietly()
loudly()
started()
stopped()
