class N:
    def __pow__(self, other): return power()
    def __rlshift__(self, other): return shift()
    def __neg__(self): return negative()
    def __invert__(self): return inverse()
def power(): pass
def shift(): pass
def negative(): pass
def inverse(): pass
N() ** 2
1 << N()
-N()
~N()
