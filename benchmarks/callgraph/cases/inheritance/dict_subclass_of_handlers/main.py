class Registry(dict):
    def register(self, func):
        self[func.__name__] = func
        return func

    def __missing__(self, key):
        return default


def default():
    return None


registry = Registry()


@registry.register
def hello():
    return "hello"


registry["hello"]()
registry["nope"]()
