class Worker:
    def __init__(self, task):
        self._task = task

    @property
    def task(self):
        return self._task


def sweep():
    return 1


def wash():
    return 2


workers = [Worker(sweep), Worker(wash)]
for worker in workers:
    worker.task()
workers[0].task()
