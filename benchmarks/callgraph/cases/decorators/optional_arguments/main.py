def trace(function=None, *, level=1):
    def decorate(target):
        def inner():
            return target()

        return inner

    if function is not None:
        return decorate(function)
    return decorate


@trace
def one():
    pass


@trace(level=2)
def two():
    pass


one()
two()
