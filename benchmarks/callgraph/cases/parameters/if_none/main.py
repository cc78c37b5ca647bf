def standard():
    pass


def apply(function=None):
    if function is None:
        function = standard
    function()


apply()
