class Handler:
    __slots__ = ("callback",)

    def __init__(self, callback):
        self.callback = callback

    def fire(self):
        self.callback()


def one():
    pass


Handler(one).fire()
