class Maybe:
    def __init__(self, v):
        self.v = v

    def bind(self, f):
        if self.v is None:
            return self
        return f(self.v)

    def map(self, f):
        return self.bind(lambda v: Maybe(f(v)))


def inc(x):
    return x + 1


def half(x):
    return Maybe(x // 2)


Maybe(1).map(inc).bind(half)
