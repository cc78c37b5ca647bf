def key(value): return value
def make(value): return value
def item(): return 1
{key(each): make(each) for each in [item()]}
{make(each) for each in [item()]}
