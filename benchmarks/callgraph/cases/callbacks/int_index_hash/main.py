class N:
    def __init__(self, n):
        self.n = n

    def __int__(self):
        return self.n

    def __index__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __abs__(self):
        return N(abs(self.n))


int(N(1))
float(N(1))
abs(N(-1))
[1, 2][N(0)]
range(N(2))
