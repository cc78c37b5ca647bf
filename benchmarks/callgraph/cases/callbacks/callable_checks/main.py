def run(x):
    if callable(x):
        return x()
    return x


def f():
    return 1


class C:
    def __call__(self):
        return f()


run(f)
run(C())
run(3)
