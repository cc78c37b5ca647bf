def default():
    pass


def call(*, handler=default):
    handler()


def other():
    pass


call()
call(handler=other)
