def standard():
    pass


def apply(function=None):
    function = function or standard
    function()


apply()
