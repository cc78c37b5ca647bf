class Temp:
    def __init__(self, deg):
        self.deg = deg

    def __lt__(self, other):
        return self.deg < other.deg

    def __le__(self, other):
        return self.deg <= other.deg

    def __ge__(self, other):
        return self.deg >= other.deg


low, mid, high = Temp(1), Temp(2), Temp(3)
low < mid <= high
high >= mid
min(low, mid)
