class Row:
    def __init__(self, cells):
        self.cells = cells

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self.part(key)
        return self.cells[key]

    def part(self, key):
        return Row(self.cells[key])

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __delitem__(self, key):
        del self.cells[key]


r = Row([1, 2, 3])
r[0]
r[1:][0]
r[0] = 5
del r[0]
