def read(buf):
    return buf.pop() if buf else None


def make(v):
    return Thing(v)


class Thing:
    def __init__(self, v):
        self.v = v

    def go(self):
        return self.v


buf = [1, 2]
while (item := read(buf)) is not None:
    if (thing := make(item)) is not None:
        thing.go()
