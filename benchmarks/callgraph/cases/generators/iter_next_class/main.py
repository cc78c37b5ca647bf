class Count:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration
        return self.make()

    def make(self):
        return f1


def f1():
    pass


for f in Count():
    f()
it = iter(Count())
next(it)()
