class Bus:
    handlers = []

    @classmethod
    def on(cls, handler):
        cls.handlers.append(handler)
        return handler

    @classmethod
    def emit(cls):
        for handler in cls.handlers:
            handler()


@Bus.on
def one():
    pass


Bus.emit()
