def f1():
    pass


def default():
    pass


def call(**kwargs):
    handler = kwargs.pop("handler", default)
    handler()


call(handler=f1)
call()
