def work():
    pass


def apply(function=work):
    function()


apply()
