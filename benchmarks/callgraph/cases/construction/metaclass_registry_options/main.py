class Registry(type):
    known = {}

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        if "key" in options:
            mcs.known[options["key"]] = cls
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)


class Base(metaclass=Registry):
    def run(self):
        return None


class First(Base, key="first"):
    def run(self):
        return 1


class Second(Base, key="second"):
    def run(self):
        return 2


Registry.known["second"]().run()
