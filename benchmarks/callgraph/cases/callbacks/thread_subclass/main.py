import threading


class Worker(threading.Thread):
    def __init__(self, job):
        super().__init__()
        self.job = job

    def run(self):
        self.job()


def job():
    pass


def start(worker):
    worker.start()
    worker.join()


start(Worker(job))
