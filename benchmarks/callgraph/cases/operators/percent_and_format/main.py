class Money:
    def __init__(self, n):
        self.n = n

    def __str__(self):
        return self.text()

    def __repr__(self):
        return "Money"

    def __format__(self, spec):
        return spec + self.text()

    def text(self):
        return str(self.n)


m = Money(1)
"%s" % m
"%r" % (m,)
"{:>3}".format(m)
f"{m!r}"
