class Lock:
    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *args):
        self.release()

    def acquire(self):
        return True

    def release(self):
        return True


class Tx:
    def __init__(self, lock):
        self.lock = lock

    def __enter__(self):
        self.lock.__enter__()
        return self.begin()

    def begin(self):
        return Cursor()

    def __exit__(self, *args):
        return self.lock.__exit__(*args)


class Cursor:
    def execute(self):
        return 1


with Lock() as l, Tx(Lock()) as cur:
    cur.execute()
