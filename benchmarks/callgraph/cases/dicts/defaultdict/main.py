from collections import defaultdict


def make():
    return []


table = defaultdict(make)
table["new"]
