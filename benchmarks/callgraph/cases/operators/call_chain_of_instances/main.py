class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, m):
        return Adder(self.n + m)


Adder(1)(2)(3)
