class Worker:
    def __init__(self):
        pass

    def work(self):
        pass


class Pool:
    worker_class = Worker

    def start(self):
        self.worker_class().work()


Pool().start()
