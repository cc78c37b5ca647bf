from functools import total_ordering


@total_ordering
class Version:
    def __init__(self, major):
        self.major = major

    def __eq__(self, other):
        return self.key() == other.key()

    def __lt__(self, other):
        return self.key() < other.key()

    def key(self):
        return self.major


a, b = Version(1), Version(2)
a < b
a >= b
a == b
sorted([b, a])
