import weakref


class Resource:
    pass


def cleanup(name):
    log(name)


def log(name):
    pass


def use():
    resource = Resource()
    finalizer = weakref.finalize(resource, cleanup, "r")
    finalizer()


use()
