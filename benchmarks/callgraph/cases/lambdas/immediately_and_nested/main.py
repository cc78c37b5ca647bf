def run(f):
    return f()


helper = lambda x: x
run(lambda: (lambda x: helper(x))(1))


def noop():
    return None


noop()
