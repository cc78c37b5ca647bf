import threading


class Worker:
    def __init__(self, job):
        self.job = job
        self.thread = threading.Thread(target=self._run, args=(1,))

    def start(self):
        self.thread.start()
        self.thread.join()

    def _run(self, n):
        self.job(n)


def job(n):
    return n


Worker(job).start()
