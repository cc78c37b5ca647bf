def trace(function):
    def wrapper():
        return function()

    return wrapper


decorators = {"trace": trace}


@decorators["trace"]
def work():
    pass


work()
