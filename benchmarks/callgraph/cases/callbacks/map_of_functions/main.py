def one():
    pass


def call(function):
    function()


list(map(call, [one]))
