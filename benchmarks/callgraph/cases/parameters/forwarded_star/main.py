def work():
    pass


def apply(*args, **kwargs):
    run(*args, **kwargs)


def run(function, times=1):
    function()


apply(work, times=2)
