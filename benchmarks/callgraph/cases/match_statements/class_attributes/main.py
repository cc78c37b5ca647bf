class Event:
    def __init__(self, handler):
        self.handler = handler


def work():
    pass


match Event(work):
    case Event(handler=function):
        function()
