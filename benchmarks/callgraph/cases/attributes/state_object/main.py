class State:
    pass


class App:
    def __init__(self):
        self.state = State()


class Manager:
    def send(self):
        pass


def startup(app):
    app.state.manager = Manager()


def handler(app):
    app.state.manager.send()


app = App()
startup(app)
handler(app)
