class Quiet:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace): return note()
def note(): return True
def fail(): raise ValueError
def after(): pass
with Quiet():
    fail()
after()
