def standard():
    pass


def special():
    pass


def apply(function=standard):
    function()


apply(special)
