def check(value): return value
def use(value): pass
[use(found) for each in (1, 2) if (found := check(each))]
