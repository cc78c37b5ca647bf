class Target:
    def run(self):
        return self.step()

    def step(self):
        return 1


class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)


p = Proxy(Target())
p.run()
