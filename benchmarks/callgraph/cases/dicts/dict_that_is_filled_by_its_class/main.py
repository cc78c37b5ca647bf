def first():
    pass


def second():
    pass


class Table(dict):
    def __init__(self, initial):
        dict.__init__(self, initial)
        dict.update(self, b=second)


Table({"a": first})["a"]()
Table({"a": first})["b"]()
