class Meta(type):
    def __new__(mcs, name, bases, namespace):
        made = super().__new__(mcs, name, bases, namespace)
        for value in namespace.values():
            if callable(value):
                made.hook = value
        made.announce()
        return made

    def announce(cls):
        pass


class Plain(metaclass=Meta):
    pass


class Service(metaclass=Meta):
    def start(self):
        pass


Service().hook()
