class Base:
    def __add__(self, other): pass
    def __radd__(self, other): pass
class Sub(Base):
    def __radd__(self, other): return sub_radd()
def sub_radd(): pass
Base() + Sub()
