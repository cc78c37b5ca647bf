class OneWorker:
    def work(self):
        pass


class TwoWorker:
    def work(self):
        pass


class Pool:
    worker_class = OneWorker

    def start(self):
        worker = self.worker_class()
        worker.work()


class BigPool(Pool):
    worker_class = TwoWorker


BigPool().start()
