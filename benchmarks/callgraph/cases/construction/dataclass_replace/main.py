from dataclasses import dataclass, replace


def one():
    pass


def two():
    pass


@dataclass
class Job:
    action: object
    name: str = ""

    def run(self):
        self.action()


replace(Job(one), name="x").run()
