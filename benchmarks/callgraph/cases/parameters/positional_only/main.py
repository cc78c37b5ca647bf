def work():
    pass


def apply(function, /):
    function()


apply(work)
