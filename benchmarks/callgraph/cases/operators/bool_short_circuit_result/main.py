class Yes:
    def __bool__(self): return yes()
class No:
    def __bool__(self): pass
def yes(): return True
Yes() and No()
not Yes()
