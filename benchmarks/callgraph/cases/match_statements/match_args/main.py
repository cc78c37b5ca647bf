class Event:
    __match_args__ = ("handler",)

    def __init__(self, handler):
        self.handler = handler


def work():
    pass


match Event(work):
    case Event(function):
        function()
