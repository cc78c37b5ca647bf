class Amount:
    def __abs__(self):
        return self

    def __round__(self, digits=None):
        return self


abs(Amount())
round(Amount())
