handlers = {}


def register(name):
    def outer(function):
        handlers[name] = function
        return function

    return outer


@register("a")
@register("b")
def both():
    return 1


@register("c")
def single():
    return 2


handlers["b"]()
handlers["c"]()
