def one():
    pass


def two():
    pass


class Tool:
    pass


tool = Tool()
tool.run = one
tool.run = two
tool.run()
