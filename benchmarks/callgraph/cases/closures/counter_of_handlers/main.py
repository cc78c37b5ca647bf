def make_bus():
    handlers = {}

    def on(name, handler):
        handlers.setdefault(name, []).append(handler)

    def emit(name, *args):
        for handler in handlers.get(name, ()):
            handler(*args)

    return on, emit


def saved(item):
    pass


def deleted(item):
    pass


on, emit = make_bus()
on("saved", saved)
on("deleted", deleted)
emit("saved", 1)
