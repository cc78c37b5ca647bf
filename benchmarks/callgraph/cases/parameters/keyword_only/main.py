def work():
    pass


def apply(*, function):
    function()


apply(function=work)
