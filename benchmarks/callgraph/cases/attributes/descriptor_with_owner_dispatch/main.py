class Route:
    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        owner.routes[name] = self.function


class App:
    routes = {}

    @Route
    def index(self):
        return "index"

    @Route
    def about(self):
        return "about"


App.routes["index"](App())
