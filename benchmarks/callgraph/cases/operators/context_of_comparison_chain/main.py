class N:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return True

    def __le__(self, other):
        return True


N(1) < N(2) <= N(3)
max(N(1), N(2))
