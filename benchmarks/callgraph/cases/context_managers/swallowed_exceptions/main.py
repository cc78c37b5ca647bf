from contextlib import contextmanager, suppress


class Store:
    def __init__(self):
        self.known = {}

    def get(self, key):
        with suppress(KeyError):
            return self.known[key]
        return self.make(key)

    def make(self, key):
        return key


class Ignore:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is not None and self.wants(kind)

    def wants(self, kind):
        return True


class Strict:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return None


@contextmanager
def ignoring():
    try:
        yield
    except ValueError:
        pass


def fail():
    raise ValueError


def after_suppress():
    pass


def after_ignore():
    pass


def after_generator():
    pass


def handled():
    pass


def run():
    with suppress(ValueError):
        raise ValueError
    after_suppress()
    with Ignore():
        raise ValueError
    after_ignore()
    with ignoring():
        fail()
    after_generator()


def strict():
    with Strict():
        raise ValueError
    never()


def never():
    pass


Store().get("a")
run()
try:
    strict()
except ValueError:
    handled()
