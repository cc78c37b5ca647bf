class Signal:
    def __init__(self):
        self.slots = []

    def connect(self, slot):
        self.slots.append(slot)

    def __iadd__(self, slot):
        self.connect(slot)
        return self

    def __call__(self, *args):
        for slot in self.slots:
            slot(*args)


class Button:
    def __init__(self):
        self.clicked = Signal()


class Window:
    def __init__(self):
        self.button = Button()
        self.button.clicked.connect(self.on_click)
        self.button.clicked += self.on_click_again

    def on_click(self):
        return "once"

    def on_click_again(self):
        return "twice"


w = Window()
w.button.clicked()
