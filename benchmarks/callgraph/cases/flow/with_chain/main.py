class Reader:
    def read(self):
        return self.parse()

    def parse(self):
        return [Row()]


class Row:
    def show(self):
        pass


for row in Reader().read():
    row.show()
