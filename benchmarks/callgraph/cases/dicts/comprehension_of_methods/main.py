class A:
    def one(self): pass
    def two(self): pass
table = {name: getattr(A, name) for name in ("one", "two")}
table["one"](A())
