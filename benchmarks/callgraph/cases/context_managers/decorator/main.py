from contextlib import ContextDecorator


class Timed(ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


@Timed()
def work():
    pass


work()
