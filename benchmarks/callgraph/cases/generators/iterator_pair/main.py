class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return CountdownIterator(self.n)


class CountdownIterator:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return Tick(self.n)


class Tick:
    def __init__(self, n):
        self.n = n

    def show(self):
        return str(self.n)


for tick in Countdown(2):
    tick.show()
first, second = Countdown(2)
first.show()
