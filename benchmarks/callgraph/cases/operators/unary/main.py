class Vector:
    def __neg__(self):
        return self

    def __invert__(self):
        return self


-Vector()
~Vector()
