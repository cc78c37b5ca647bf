class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)

    def __getattribute__(self, name):
        target = object.__getattribute__(self, "target")
        return getattr(target, name)


class Real:
    def run(self):
        pass


Proxy(Real()).run()
