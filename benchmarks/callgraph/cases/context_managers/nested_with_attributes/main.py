class Lock:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


class A:
    def __init__(self):
        self.lock = Lock()

    def work(self):
        with self.lock as lock, make() as other:
            lock.held()

    def held(self):
        pass


def make():
    return Lock()


Lock.held = lambda self: None
A().work()
