def trace(function):
    def inner():
        function()

    return inner
