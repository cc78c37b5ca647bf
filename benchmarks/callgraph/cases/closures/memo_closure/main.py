def memoize(fn):
    cache = {}

    def inner(n):
        if n not in cache:
            cache[n] = fn(n)
        return cache[n]

    inner.clear = cache.clear
    return inner


@memoize
def slow(n):
    return helper(n)


def helper(n):
    return n


slow(1)
slow.clear()
