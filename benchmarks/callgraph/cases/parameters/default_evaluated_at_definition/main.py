def make():
    return work


def work():
    pass


def apply(function=make()):
    function()


apply()
