class Hooks(list):
    def fire(self):
        for hook in self:
            hook()


def one():
    pass


hooks = Hooks()
hooks.append(one)
hooks.fire()
