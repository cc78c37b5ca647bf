class Meta(type):
    def __new__(mcs, name, bases, namespace):
        check(name)
        return super().__new__(mcs, name, bases, namespace)


def check(name):
    pass


class Tool(metaclass=Meta):
    pass
