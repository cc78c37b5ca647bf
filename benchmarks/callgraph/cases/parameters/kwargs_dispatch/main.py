def on_add(v):
    return v


def on_del(v):
    return v


def apply(**handlers):
    for name, handler in handlers.items():
        handler(name)
    return handlers["add"]


apply(add=on_add, delete=on_del)(1)
