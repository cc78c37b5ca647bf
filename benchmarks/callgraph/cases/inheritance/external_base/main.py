import threading


class Worker(threading.Thread):
    def __init__(self):
        super().__init__()

    def run(self):
        work()


def work():
    pass


worker = Worker()
worker.run()
