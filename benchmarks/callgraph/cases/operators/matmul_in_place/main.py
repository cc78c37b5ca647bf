class M:
    def __matmul__(self, other): return multiply(self)
    def __imatmul__(self, other): return multiply_in_place(self)
    def done(self): pass
def multiply(m): return m
def multiply_in_place(m): return m
m = M()
(m @ M()).done()
m @= M()
m.done()
