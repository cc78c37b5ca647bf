from contextlib import ExitStack


class Res:
    def __init__(self, n):
        self.n = n

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        release(self.n)

    def use(self):
        return self.n


def release(n):
    return n


def done(msg):
    print(msg)


with ExitStack() as stack:
    rs = [stack.enter_context(Res(i)) for i in range(2)]
    stack.callback(done, "bye")
    for r in rs:
        r.use()
