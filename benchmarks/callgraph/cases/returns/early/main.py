def work():
    pass


def apply(function=None):
    if function is None:
        return
    function()


apply()
apply(work)
