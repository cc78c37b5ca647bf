from contextlib import contextmanager


class Session:
    def query(self):
        pass


@contextmanager
def session():
    yield Session()


def main():
    with session() as current:
        current.query()


main()
