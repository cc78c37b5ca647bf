from dataclasses import dataclass, field


@dataclass
class Queue:
    jobs: list = field(default_factory=list)

    def put(self, job):
        self.jobs.append(job)


@dataclass
class Service:
    urgent: Queue = field(default_factory=Queue)
    later: Queue = field(default_factory=Queue)

    def start(self):
        for job in self.urgent.jobs:
            job()

    def stop(self):
        for job in self.later.jobs:
            job()


def page():
    pass


def sweep():
    pass


service = Service()
service.urgent.put(page)
service.later.put(sweep)
service.start()
service.stop()
