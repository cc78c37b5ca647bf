def work():
    pass


class Table:
    action = staticmethod(lambda: work())


Table.action()
