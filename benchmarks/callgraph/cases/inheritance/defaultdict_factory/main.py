from collections import defaultdict


class Bucket:
    def __init__(self):
        self.items = []

    def add(self, x):
        self.items.append(x)


buckets = defaultdict(Bucket)
buckets["a"].add(1)
groups = defaultdict(lambda: Bucket())
groups["b"].add(2)
