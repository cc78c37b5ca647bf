class Meta(type):
    def __new__(mcs, name, bases, namespace):
        made = super().__new__(mcs, name, bases, namespace)
        made.register(name)
        return made

    def register(cls, name):
        pass

    def __call__(cls, *args):
        made = type.__call__(cls, *args)
        ready(made)
        return made


Base = Meta("Base", (object,), {})


class Machine(Base):
    def __init__(self, start):
        self.start = start

    def run(self):
        return self.start


def ready(made):
    pass


def build():
    return Machine(1)


build().run()
