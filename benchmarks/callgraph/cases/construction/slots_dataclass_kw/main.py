from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class Job:
    actions: list = field(default_factory=list)

    def add(self, action):
        self.actions.append(action)

    def run(self):
        for action in self.actions:
            action()


def one():
    pass


job = Job()
job.add(one)
job.run()
