class Emitter:
    def __init__(self):
        self._listeners = {}

    def on(self, event, listener=None):
        if listener is None:

            def decorate(func):
                self._listeners.setdefault(event, []).append(func)
                return func

            return decorate
        self._listeners.setdefault(event, []).append(listener)
        return listener

    def emit(self, event, *args, **kwargs):
        for listener in self._listeners.get(event, []):
            listener(*args, **kwargs)


bus = Emitter()


@bus.on("created")
def audit(item):
    print(item)


def notify(item, urgent=False):
    send(item)


def send(item):
    return item


bus.on("created", notify)
bus.on("deleted", lambda item: send(item))
bus.emit("created", "x")
bus.emit("deleted", "y")
