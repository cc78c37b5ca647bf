class Money:
    def __format__(self, spec):
        return pad(spec)


def pad(spec):
    return spec


text = f"{Money():>10}"
other = "{}".format(Money())
third = format(Money(), "x")
