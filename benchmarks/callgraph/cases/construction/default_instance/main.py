class Clock:
    def now(self):
        pass


class Service:
    def __init__(self, clock=None):
        self.clock = clock or Clock()

    def run(self):
        self.clock.now()


Service().run()
