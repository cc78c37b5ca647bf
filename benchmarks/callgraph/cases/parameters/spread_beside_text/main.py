class Owner:
    def __str__(self):
        return "owner"

    def run(self):
        pass


def make(name="", owner=None):
    text = "%s!" % name
    if owner is not None:
        owner.run()
    return text


def copy(given):
    return make(**{key: value for key, value in given.items()})


def build(count):
    given = {}
    for name, value in [("name", "n"), ("owner", Owner())][:count]:
        given[name] = value
    return given


copy(build(2))
