def one():
    pass


def two():
    pass


def wrap(function):
    def inner():
        function()

    return inner


def call_one():
    wrap(one)()


call_one()
wrap(two)
