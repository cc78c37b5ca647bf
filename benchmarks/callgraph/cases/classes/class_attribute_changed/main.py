def one():
    pass


def two():
    pass


class Tool:
    action = staticmethod(one)


Tool.action = staticmethod(two)
Tool.action()
