class Router:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def register(f):
            self.routes[path] = f
            return f

        return register

    def dispatch(self, path):
        return self.routes[path]()


router = Router()


@router.route("/a")
def view_a():
    pass


@router.route("/b")
def view_b():
    pass


router.dispatch("/a")
router.dispatch("/b")
