import copy


class Job:
    def __init__(self, action):
        self.action = action

    def run(self):
        self.action()


def work():
    pass


def report():
    pass


def first():
    job.run()


def second():
    job.action()




job = Job(work)
quiet = copy.copy(job)
quiet.action = None
loud = copy.deepcopy(job)
loud.action = report
first()
second()
loud.action()
