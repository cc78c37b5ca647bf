handlers = {}


def handles(name):
    def decorate(function):
        handlers[name] = function
        return function

    return decorate


@handles("start")
def on_start():
    pass


handlers["start"]()
