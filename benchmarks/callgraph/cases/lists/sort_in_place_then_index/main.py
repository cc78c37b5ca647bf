def one(): pass
def two(): pass
def size(pair): return pair[0]
pairs = [(2, two), (1, one)]
pairs.sort(key=size)
for _, function in pairs:
    function()
