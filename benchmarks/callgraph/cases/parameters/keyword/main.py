def work():
    pass


def apply(times, function):
    function()


apply(function=work, times=1)
