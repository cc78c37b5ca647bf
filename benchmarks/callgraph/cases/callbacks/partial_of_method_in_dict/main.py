from functools import partial


class Button:
    def __init__(self):
        self.handlers = {}

    def bind(self, event, function, *args):
        self.handlers[event] = partial(function, *args)

    def fire(self, event):
        self.handlers[event]()


class View:
    def click(self, where):
        return where


button = Button()
button.bind("click", View().click, 1)
button.fire("click")
