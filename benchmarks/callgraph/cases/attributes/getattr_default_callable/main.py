class A: pass
def fallback(): pass
getattr(A(), "missing", fallback)()
