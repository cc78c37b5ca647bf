class Name(str):
    def __repr__(self): return shown()
    def upper(self): return changed()
def shown(): return "x"
def changed(): return "Y"
name = Name("a")
str(name)
f"{name!r}"
name.upper()
