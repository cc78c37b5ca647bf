class Tag:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return quote(self.name)


def quote(s):
    return s


str([Tag("a"), Tag("b")])
print({"k": Tag("c")})
f"{[Tag('d')]}"
