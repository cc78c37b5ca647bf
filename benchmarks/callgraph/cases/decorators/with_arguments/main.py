def repeat(times):
    def decorate(function):
        def inner():
            function()

        return inner

    return decorate


@repeat(3)
def work():
    pass


work()
