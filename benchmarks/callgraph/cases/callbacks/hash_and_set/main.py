class Key:
    def __init__(self, k):
        self.k = k

    def __hash__(self):
        return hash(self.k)

    def __eq__(self, other):
        return same(self.k, other.k)


def same(a, b):
    return a == b


seen = {Key(1)}
Key(1) in seen
d = {Key(2): "x"}
d[Key(2)]
