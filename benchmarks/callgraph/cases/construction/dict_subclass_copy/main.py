class Both(dict):
    def __init__(self, *a, **kw):
        dict.__init__(self, *a, **kw)
        self.note()

    def note(self):
        pass

    def copy(self):
        return self.__class__(self)

    def __setitem__(self, key, value):
        if key in self:
            del self[key]
        dict.__setitem__(self, key, value)

    def __delitem__(self, key):
        dict.__delitem__(self, key)


b = Both(a=1)
c = b.copy()
c["a"] = 2
