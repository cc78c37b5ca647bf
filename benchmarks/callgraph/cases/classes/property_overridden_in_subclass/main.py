class A:
    @property
    def value(self): return one
    def run(self): self.value()
class B(A):
    @A.value.getter
    def value(self): return two
def one(): pass
def two(): pass
B().run()
