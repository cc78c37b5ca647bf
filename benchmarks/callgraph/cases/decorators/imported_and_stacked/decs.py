def a(f):
    def inner_a():
        return f()

    return inner_a


def b(f):
    def inner_b():
        return f()

    return inner_b
