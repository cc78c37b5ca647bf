class Money:
    def __radd__(self, other):
        return self


total = 1 + Money()
