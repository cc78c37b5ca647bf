class Tool:
    pass


def one():
    pass


def two():
    pass


tool = Tool()
tool.action = one
tool.action()
tool.action = two


def later():
    tool.action()


later()
