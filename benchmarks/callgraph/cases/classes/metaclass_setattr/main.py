def changed(name):
    pass


class Meta(type):
    def __init__(cls, name, bases, namespace):
        type.__init__(cls, name, bases, namespace)
        cls.fields = None

    def __setattr__(cls, name, value):
        changed(name)
        type.__setattr__(cls, name, value)


class Form(metaclass=Meta):
    pass


def widen():
    Form.extra = 1


widen()
