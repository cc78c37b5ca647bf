def maker():
    return runner


def runner():
    pass


if (function := maker()) is not None:
    function()
while value := maker():
    value()
    break
