class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return namespace()

    def __new__(mcs, name, bases, body):
        return super().__new__(mcs, name, bases, dict(body))


def namespace():
    return {}


class A(metaclass=Meta):
    def run(self):
        pass


A().run()
