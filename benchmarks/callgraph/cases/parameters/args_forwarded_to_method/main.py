class A:
    def run(self, f, *args, **kw):
        return f(*args, **kw)


def target(g, key=None):
    g()
    key()


def one():
    pass


def two():
    pass


A().run(target, one, key=two)
