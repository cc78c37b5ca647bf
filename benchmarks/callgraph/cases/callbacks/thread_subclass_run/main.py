import threading


def job():
    pass


class Worker(threading.Thread):
    def __init__(self, work):
        super().__init__()
        self.work = work

    def run(self):
        self.work()


worker = Worker(job)
worker.start()
worker.join()
