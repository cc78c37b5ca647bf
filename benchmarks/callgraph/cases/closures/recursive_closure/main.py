def outer(n):
    def inner(k):
        if k:
            return inner(k - 1)
        return done()

    return inner(n)


def done():
    pass


outer(2)
