import threading


def step():
    pass


class Runner:
    def __init__(self):
        self._local = threading.local()

    @property
    def steps(self):
        try:
            return self._local.steps
        except AttributeError:
            self._local.steps = []
            return self._local.steps

    def add(self, each):
        self.steps.append(each)

    def run(self):
        for each in self.steps:
            each()


runner = Runner()
runner.add(step)
runner.run()
