import functools


@functools.total_ordering
class Version:
    def __lt__(self, other):
        return False

    def __eq__(self, other):
        return True


newer = Version() >= Version()
