class Emitter:
    def __init__(self):
        self.handlers = {}

    def on(self, event, handler):
        self.handlers.setdefault(event, []).append(handler)

    def emit(self, event):
        for handler in self.handlers[event]:
            handler()


def started():
    pass


emitter = Emitter()
emitter.on("start", started)
emitter.emit("start")
