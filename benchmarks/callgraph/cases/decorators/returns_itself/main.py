def register(function):
    return function


@register
def work():
    pass


work()
