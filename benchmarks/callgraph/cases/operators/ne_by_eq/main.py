class A:
    def __eq__(self, other): return same()
def same(): return True
A() != A()
