class Base:
    def run(self):
        return 1


class Meta(type):
    pass


class Made(Base, metaclass=Meta):
    pass


def start(thing):
    if isinstance(thing, Base):
        return thing.run()
    if isinstance(thing, Meta):
        return thing().run()
    return thing.run(Base())


start(Made())
start(Made)
start(Base)
