class Money:
    def __add__(self, other):
        return self


total = Money() + Money()
