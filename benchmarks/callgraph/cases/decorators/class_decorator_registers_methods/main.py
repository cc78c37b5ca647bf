def route(path):
    def mark(function):
        function.path = path
        return function

    return mark


def collect(cls):
    cls.routes = {}
    for name, value in vars(cls).items():
        if hasattr(value, "path"):
            cls.routes[value.path] = value
    return cls


@collect
class Views:
    @route("/")
    def index(self):
        return page()


def page():
    return ""


def dispatch(path):
    return Views.routes[path](Views())


dispatch("/")
