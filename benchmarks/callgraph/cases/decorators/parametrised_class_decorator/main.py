class route:
    table = {}

    def __init__(self, path):
        self.path = path

    def __call__(self, func):
        self.table[self.path] = func
        return func


@route("/")
def index():
    return render("index")


@route("/about")
def about():
    return render("about")


def render(name):
    return name


route.table["/"]()
route.table["/about"]()
