import operator


class Money:
    def __add__(self, other):
        return self


operator.add(Money(), Money())
