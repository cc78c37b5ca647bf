class Base:
    def go(self):
        return 0


class Special(Base):
    def go(self):
        return 1


def default():
    return 2


def known():
    return 3


KINDS = {"special": Special, "plain": Base}
TABLE = {"a": known}


def make(kind, cls=Base):
    return KINDS.get(kind, cls)()


def run():
    make("special").go()
    TABLE.get("a", default)()
    TABLE.get("b", default)()


run()


def once():
    return 4


def emptied():
    return 5


handlers = {"once": once}


def take(name):
    return handlers.get(name, emptied)()


take("once")
handlers.pop("once")
take("once")
