class Multiplier:
    def __init__(self, k):
        self.k = k

    def __call__(self, x):
        return x * self.k


class Adder:
    def __call__(self, x):
        return x + 1


def apply(f, x):
    return f(x)


apply(Multiplier(2), 3)
apply(Adder(), 3)
apply(int, "3")
