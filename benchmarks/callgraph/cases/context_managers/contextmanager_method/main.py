from contextlib import contextmanager


class Pool:
    @contextmanager
    def connection(self):
        yield self.make()

    def make(self):
        return work


def work():
    pass


with Pool().connection() as function:
    function()
