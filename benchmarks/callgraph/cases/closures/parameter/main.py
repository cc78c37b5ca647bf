def one():
    pass


def make(function):
    def inner():
        function()

    return inner


make(one)()
