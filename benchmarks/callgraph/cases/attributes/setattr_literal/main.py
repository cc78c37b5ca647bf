class Tool:
    pass


def work():
    pass


tool = Tool()
setattr(tool, "run", work)
tool.run()
