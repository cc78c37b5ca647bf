class A:
    def __init__(self): self.setup()
    def setup(self): pass
class B(A):
    def setup(self): super().setup(); extra()
def extra(): pass
B()
