class Tool:
    pass


def method(self):
    pass


setattr(Tool, "run", method)
Tool().run()
