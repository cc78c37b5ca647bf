from contextlib import contextmanager


@contextmanager
def opened(factory):
    thing = factory()
    try:
        yield thing
    finally:
        thing.close()


class Thing:
    def close(self):
        pass

    def use(self):
        pass


with opened(Thing) as thing:
    thing.use()
