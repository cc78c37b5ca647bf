class Watched:
    def __getattribute__(self, name):
        note(name)
        return object.__getattribute__(self, name)

    def work(self):
        return self.step()

    def step(self):
        return 1


def note(name):
    return name


def watch(watched):
    return watched.work()


watch(Watched())
