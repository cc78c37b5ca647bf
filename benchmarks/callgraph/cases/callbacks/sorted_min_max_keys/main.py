def by_len(s):
    return len(s)


def neg(n):
    return -n


class Ranked:
    def __init__(self, n):
        self.n = n

    def rank(self):
        return self.n


sorted(["bb", "a"], key=by_len)
max([1, 2], key=neg)
min([Ranked(2), Ranked(1)], key=lambda r: r.rank()).rank()
[3, 1].sort(key=neg)
