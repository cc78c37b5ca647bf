class Table:
    def __getitem__(self, key):
        return work

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass


def work():
    pass


table = Table()
table["key"]()
table["key"] = 1
del table["key"]
