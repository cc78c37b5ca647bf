class Path:
    def __init__(self, step):
        self.step = step

    def __truediv__(self, other):
        return Path(other)

    def __rshift__(self, function):
        return function(self)

    def __bool__(self):
        return check(self)


def check(path):
    return True


def show(path):
    return path


result = Path("a") / "b" >> show
if result:
    pass
