class Reader:
    def __init__(self, chunks):
        self.chunks = chunks

    def read(self):
        return self.chunks.pop(0)


def handle(chunk):
    return chunk


r = Reader(["a", "b", ""])
for chunk in iter(r.read, ""):
    handle(chunk)
