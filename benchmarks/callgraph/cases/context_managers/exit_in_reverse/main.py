class A:
    def __enter__(self): return one
    def __exit__(self, *args): pass
class B:
    def __enter__(self): return two
    def __exit__(self, *args): pass
def one(): pass
def two(): pass
with (A() as first, B() as second):
    first()
    second()
