from collections import defaultdict
table = defaultdict(lambda: work)
def work(): pass
table["x"]()
