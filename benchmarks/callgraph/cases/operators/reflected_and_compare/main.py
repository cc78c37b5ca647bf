class Num:
    def __init__(self, v):
        self.v = v

    def __rsub__(self, other):
        return Num(other)

    def __lt__(self, other):
        return True

    def __ne__(self, other):
        return True

    def __bool__(self):
        return True

    def __invert__(self):
        return self


n = 3 - Num(1)
Num(1) < Num(2)
Num(1) != Num(1)
if not ~n:
    pass
