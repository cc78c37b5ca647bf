class Rope:
    def __init__(self, text):
        self.text = text

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Rope(self.text[index])
        return self.text[index]

    def __iadd__(self, other):
        return self.joined(other)

    def joined(self, other):
        return Rope(self.text + other)


rope = Rope("abc")
rope[0:2][0]
rope += "d"
