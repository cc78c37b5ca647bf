class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if isinstance(other, Vec):
            return Vec(self.x + other.x)
        return NotImplemented

    def __mul__(self, k):
        return Vec(self.x * k)

    def __rmul__(self, k):
        return self * k

    def __neg__(self):
        return Vec(-self.x)

    def __sub__(self, other):
        return self + (-other)


v = 2 * Vec(1)
w = v - Vec(3)
w + v
