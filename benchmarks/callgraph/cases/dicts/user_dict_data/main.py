from collections import UserDict


class Table(UserDict):
    def __getitem__(self, key):
        return self.data[key]


def one():
    pass


table = Table()
table.data["a"] = one
table["a"]()
