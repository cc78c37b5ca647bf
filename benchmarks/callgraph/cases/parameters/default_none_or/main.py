class Default:
    def run(self):
        return 1


class Special:
    def run(self):
        return 2


class Client:
    def __init__(self, backend=None):
        self.backend = backend or Default()

    def go(self):
        return self.backend.run()


Client().go()
Client(Special()).go()
