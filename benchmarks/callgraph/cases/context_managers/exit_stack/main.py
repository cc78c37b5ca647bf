from contextlib import ExitStack


class Lock:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def use(self):
        pass


with ExitStack() as stack:
    lock = stack.enter_context(Lock())
    lock.use()
