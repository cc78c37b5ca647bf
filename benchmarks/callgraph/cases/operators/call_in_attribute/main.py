class Action:
    def __call__(self):
        pass


class Button:
    def __init__(self):
        self.on_click = Action()

    def click(self):
        self.on_click()


Button().click()
