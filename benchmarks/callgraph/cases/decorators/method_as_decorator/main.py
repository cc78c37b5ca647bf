class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def decorate(function):
            self.routes[path] = function
            return function

        return decorate

    def serve(self, path):
        return self.routes[path]()


app = App()


@app.route("/")
def index():
    pass


app.serve("/")
