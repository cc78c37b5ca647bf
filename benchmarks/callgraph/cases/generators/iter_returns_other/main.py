class Cursor:
    def __init__(self, items):
        self.items = items

    def __next__(self):
        if not self.items:
            raise StopIteration
        return self.items.pop()


class Table:
    def __iter__(self):
        return Cursor([run])


def run():
    pass


for function in Table():
    function()
