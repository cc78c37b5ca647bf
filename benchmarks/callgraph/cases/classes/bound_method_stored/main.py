class Button:
    def __init__(self):
        self.handlers = []

    def on_click(self, handler):
        self.handlers.append(handler)

    def click(self):
        for handler in self.handlers:
            handler()


class Page:
    def __init__(self, button):
        button.on_click(self.save)

    def save(self):
        pass


button = Button()
page = Page(button)
button.click()
